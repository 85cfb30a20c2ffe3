import type { Text } from '@dengta/kernel'
import type { Run, RunStatus } from './run.ts'

/** How a run stands, in a word. */
export const RUN_STATUSES: Readonly<Record<RunStatus, Text>> = {
  running: { en: 'running', zh: '执行中' },
  waiting: { en: 'waiting', zh: '等待中' },
  succeeded: { en: 'succeeded', zh: '成功' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'refused', zh: '已拒绝' },
  undoing: { en: 'undoing', zh: '撤销中' },
  undone: { en: 'undone', zh: '已撤销' },
  'undo-failed': { en: 'undo failed', zh: '撤销失败' },
}
const ASKS: Readonly<Record<NonNullable<Run['asks']>, Text>> = {
  approval: { en: 'waiting for approval', zh: '等待批准' },
  manual: { en: 'waiting for a step by hand', zh: '等待人工步骤' },
  uncertain: { en: 'waiting for a person to say what became of a step', zh: '等待人工确认步骤结果' },
}

/** The same; where it waits, for what. */
export function saidStatus({ status, asks }: Pick<Run, 'status' | 'asks'>): Text {
  return asks === undefined ? RUN_STATUSES[status] : ASKS[asks]
}
