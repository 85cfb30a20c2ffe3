import type { Text } from '@dengta/kernel'

/** Help of days and plans. */
export const COMPUTE_WORDS = {
  upload: {
    en: 'upload a day, YAML or JSON; a mistake in it is named with line and field',
    zh: '上传排程日（YAML 或 JSON）；有误时指明行号与字段',
  },
  source: { en: 'in words: what was measured, what was assumed', zh: '用文字说明：哪些是实测，哪些是假设' },
  startsAt: {
    en: 'when slot 0 begins, RFC 3339; the coming midnight UTC unless stated',
    zh: '第 0 个时隙的开始时间（RFC 3339）；不写则为下一个 UTC 零点',
  },
  days: { en: 'all days, newest first', zh: '全部排程日，新的在前' },
  run: {
    en: 'plan an uploaded day on the server and wait for the result, which goes on record',
    zh: '在服务上为已上传的排程日排程并等待结果；结果写入凭证',
  },
  cancelPlan: { en: 'stop the planning of a day', zh: '取消正在进行的排程' },
  plans: { en: 'all plans, newest first', zh: '全部计划，新的在前' },
  download: {
    en: 'save the plan file, to be checked with `dengta plan check`; for operator and auditor',
    zh: '保存计划文件，可用 `dengta plan check` 核验；仅限运营方与审计方',
  },
  why: {
    en: 'why a job lies where it lies: of a plan of the house by its id, or of a .json plan file, offline',
    zh: '作业为何排在此处：按编号查询服务上的计划，或离线读取 .json 计划文件',
  },
  plan: {
    en: 'plan a day from its YAML or JSON file, offline, and write the plan file',
    zh: '离线为 YAML 或 JSON 排程日排程，写出计划文件',
  },
  output: { en: 'where the plan file goes', zh: '计划文件的路径' },
  planGroup: { en: 'check plan files', zh: '核验计划文件' },
  check: {
    en: 'recompute feasibility, terms and bound of a plan file, offline; exit code 1 where it does not hold',
    zh: '离线复算计划文件的可行性、费用项与下界；不成立时退出码为 1',
  },
  checkDay: {
    en: 'the day that you got by another way; else the one inside the plan file',
    zh: '另行取得的排程日；不写则用计划文件内的',
  },
} satisfies Record<string, Text>
