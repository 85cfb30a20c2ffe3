import type { Text } from '@dengta/kernel'
import type { EffortName, PlanView } from '../api/compute.ts'
import type { Rehearsal } from '../api/compute-event.ts'
import type { ComputeJobView } from '../api/compute-job.ts'

type Words<Code extends string> = Readonly<Record<Code, Text>>

export const JOB_STATES: Words<ComputeJobView['state']> = {
  waiting: { en: 'waiting', zh: '等待中' },
  placed: { en: 'placed', zh: '已安排' },
  running: { en: 'running', zh: '运行中' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  refused: { en: 'refused', zh: '已拒绝' },
  cancelled: { en: 'cancelled', zh: '已取消' },
}

export const PLAN_STATES: Words<PlanView['state']> = {
  waiting: { en: 'in the queue', zh: '排队中' },
  running: { en: 'being made', zh: '计算中' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
}

export const EFFORTS: Words<EffortName> = {
  quick: { en: 'quick', zh: '快速' },
  normal: { en: 'normal', zh: '标准' },
  thorough: { en: 'thorough', zh: '精细' },
}

/** What a grid event does to a job. */
export const GRID_ACTIONS: Words<Rehearsal['jobs'][number]['action']> = {
  capped: { en: 'capped', zh: '限功率' },
  shrunk: { en: 'fewer chips', zh: '缩小规模' },
  paused: { en: 'paused', zh: '暂停' },
  'capped and shrunk': { en: 'capped, fewer chips', zh: '限功率并缩小规模' },
  'capped and paused': { en: 'capped and paused', zh: '限功率并暂停' },
  'shrunk and paused': { en: 'fewer chips, paused', zh: '缩小规模并暂停' },
  'capped, shrunk and paused': { en: 'capped, fewer chips, paused', zh: '限功率、缩小规模并暂停' },
}

/** Trust of a pool; a day file may name others. */
export const TRUST_CLASSES: Words<'open' | 'sealed'> = {
  open: { en: 'open', zh: '普通' },
  sealed: { en: 'sealed', zh: '密封' },
}
