import { defineErrors } from '@dengta/kernel'

export const planRunErrors = defineErrors('plan', {
  missing: {
    kind: 'not_found',
    en: 'there is no plan {id} in this house; `dengta compute plans` lists those there are, `dengta compute upload` and `run` make one of a file',
    zh: '本平台没有编号为 {id} 的计划；可用 dengta compute plans 查看已有计划，或用 dengta compute upload 与 run 由文件生成',
  },
  not_done: {
    kind: 'conflict',
    en: 'the plan {id} is {state}; ask again once it is done',
    zh: '计划 {id} 的状态为 {state}；请在完成后再试',
  },
  ended: {
    kind: 'conflict',
    en: 'the plan {id} is {state} and cannot be cancelled any more',
    zh: '计划 {id} 的状态为 {state}，不能再取消',
  },
  cancelled: {
    kind: 'conflict',
    en: 'the plan {id} was cancelled; ask for another one',
    zh: '计划 {id} 已取消；请重新申请',
  },
  failed: {
    kind: 'unavailable',
    en: 'the house could not make this plan; the server log says why; ask for it again',
    zh: '平台未能完成该计划，原因见服务器日志；请重新申请',
  },
  no_job: {
    kind: 'not_found',
    en: 'the plan {plan} has no job {job} that you may see',
    zh: '计划 {plan} 中没有您可查看的作业 {job}',
  },
})
