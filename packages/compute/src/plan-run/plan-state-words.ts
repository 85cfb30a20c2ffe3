import type { Text } from '@dengta/kernel'
import type { PlanState } from './plan-run.ts'

export const PLAN_STATES: Readonly<Record<PlanState, Text>> = {
  waiting: { en: 'in the queue', zh: '排队中' },
  running: { en: 'being made', zh: '计算中' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
}
