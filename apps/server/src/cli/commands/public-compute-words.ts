import type { Text } from '@dengta/kernel'

/** Help of public compute and of the engine. */
export const PUBLIC_WORDS = {
  free: { en: 'what is free when, and how clean it is; needs no token', zh: '何时有空闲算力、有多清洁；不需要令牌' },
  quotas: { en: 'quotas: left and granted, share used (and due)', zh: '配额：剩余与授予，已用份额（应得份额）' },
  grant: {
    en: 'grant public compute anew; what was used before counts no more',
    zh: '重新授予公共算力；此前已用的不再计入',
  },
  chipHours: { en: 'chip-hours', zh: '卡时' },
  kwh: { en: 'kilowatt-hours', zh: '千瓦时' },
  share: { en: 'weight among participants', zh: '在各参与方之间的权重' },
  sites: {
    en: 'comma-separated sites that the data agreement allows; all unless stated',
    zh: '数据合约允许的站点，以逗号分隔；不写即全部',
  },
  ask: {
    en: 'ask for compute: a job as YAML or JSON (name, class, chips, hours, deadline, ...)',
    zh: '申请算力：YAML 或 JSON 作业文件（name、class、chips、hours、deadline 等）',
  },
  jobs: {
    en: 'jobs of public compute, newest first: where each stands and why',
    zh: '公共算力作业，新的在前：状态与原因',
  },
  cancel: { en: 'cancel a job; one that runs is ended by its engine', zh: '取消作业；运行中的作业由执行引擎结束' },
  engine: {
    en: 'the engine that runs jobs: health, jobs, power now against its limit',
    zh: '执行引擎：健康状况、作业、当前功率与限值',
  },
} satisfies Record<string, Text>
