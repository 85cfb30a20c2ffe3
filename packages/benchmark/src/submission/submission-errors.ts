import { defineErrors } from '@dengta/kernel'

/** Why a submission is not taken, not run to its end, or not found. Nothing here tells anything of a hidden row. */
export const submissionErrors = defineErrors('submission', {
  missing: {
    kind: 'not_found',
    en: 'there is no submission {id}; the board of the benchmark lists all',
    zh: '没有提交 {id}；基准榜单列有全部提交',
  },
  no_data: {
    kind: 'conflict',
    en: 'the benchmark {benchmark} has no sealed data set yet; its owner must seal one first',
    zh: '基准 {benchmark} 尚无封存数据集；须由所有者先封存数据',
  },
  form_not_allowed: {
    kind: 'invalid',
    en: 'this benchmark does not take the form {form}; it takes {allowed}',
    zh: '本基准不接受 {form} 形式；可用形式：{allowed}',
  },
  too_large: {
    kind: 'limit',
    en: 'the file is larger than the {limit} bytes that this benchmark takes; hand in a smaller model',
    zh: '文件超过本基准允许的 {limit} 字节；请提交更小的模型',
  },
  budget_spent: {
    kind: 'limit',
    en: 'all {budget} scored submissions of your participant are used up here; more would fit the model to the hidden rows',
    zh: '您所属参与方在此基准的 {budget} 次评分提交已用完；继续提交会使模型迎合隐藏数据',
  },
  duplicate: {
    kind: 'conflict',
    en: 'this very file was already handed in as {submission}; look there for its score',
    zh: '同一文件已作为 {submission} 提交；请在该提交中查看得分',
  },
  house_failed: {
    kind: 'unavailable',
    en: 'the house failed to score this, which says nothing about the model; the operator finds the cause in the server log, then hand it in again',
    zh: '平台未能完成评测，与模型无关；请运营方在服务器日志中查明原因，之后重新提交',
  },
  isolation: {
    kind: 'unavailable',
    en: 'the sandbox did not hold its self-test, so nothing was run; the operator must look at the isolation record, then submit again',
    zh: '沙箱自检未通过，因此未运行任何代码；请运营方查看隔离凭证，之后重新提交',
  },
  wall_time: {
    kind: 'limit',
    en: 'the model took longer than {limit} s; make it smaller or simpler',
    zh: '模型运行超过 {limit} 秒；请精简模型',
  },
  memory: {
    kind: 'limit',
    en: 'the model needed more than {limit} bytes of memory; make it smaller',
    zh: '模型占用内存超过 {limit} 字节；请缩小模型',
  },
  run_failed: {
    kind: 'invalid',
    en: 'the model did not run to its end; try it on the open rows with the engine named in docs/reference/models.md',
    zh: '模型未能运行结束；请用 docs/reference/models.md 所列引擎在公开数据上试运行',
  },
  wrong_shape: {
    kind: 'invalid',
    en: 'the model did not answer one value for each row; check the shape of its first output',
    zh: '模型未能为每一行返回一个值；请检查其第一个输出的形状',
  },
  not_scored: {
    kind: 'conflict',
    en: 'submission {id} has no score that could be replayed',
    zh: '提交 {id} 没有可复现的得分',
  },
  other_engine: {
    kind: 'conflict',
    en: 'submission {id} was scored by the engine "{scored}"; this house now runs "{present}", whose bytes cannot be compared; replay it with the former version, or submit the model again',
    zh: '提交 {id} 由引擎“{scored}”评分，而当前引擎为“{present}”，两者结果无法逐字节比对；请用原版本复现，或重新提交模型',
  },
  not_replayed: {
    kind: 'unavailable',
    en: 'the run of submission {id} ended with "{outcome}" instead of predictions; try again when the machine is less busy',
    zh: '提交 {id} 的复现运行以“{outcome}”结束，未得到预测；请在机器空闲时重试',
  },
})
