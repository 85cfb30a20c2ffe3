import type { Text } from '@dengta/kernel'
import type { EngineJob, EngineState } from '../executor/executor.ts'
import { readComment } from './job-comment.ts'
import { hasEnded } from './read-lines.ts'
import type { SlurmJob } from './slurm-client.ts'

/** Undefined for a job that the house did not submit. */
export function engineJobOf(job: SlurmJob): EngineJob | undefined {
  const facts = readComment(job.comment)
  if (!facts) return undefined
  const { site, chip, chips, kw } = facts
  const state = engineState(job.state, job.priority)
  const waits = state === 'held' || state === 'waiting'
  return {
    job: job.name,
    engineId: job.id,
    state,
    ...{ site, chip, chips, kw },
    nodes: job.nodes.length > 0 ? job.nodes : undefined,
    startedAt: waits ? undefined : job.startedAt,
    endedAt: job.endedAt,
    leavingSince: job.leavingSince,
    reason: waits ? job.reason : ENDS[job.state],
  }
}

/** A job that is being ended (COMPLETING) still draws power, so it counts as running, as does one in a state that is not known here. */
export function engineState(state: string, priority: number): EngineState {
  if (state === 'PENDING') return priority === 0 ? 'held' : 'waiting'
  return STATES[state] ?? (hasEnded(state) ? 'failed' : 'running')
}

/** Ends that say more than an exit code. */
const ENDS: Readonly<Record<string, Text>> = {
  TIMEOUT: { en: 'it ran past its time limit', zh: '运行超过时限' },
  NODE_FAIL: { en: 'a node that it ran on broke', zh: '所在节点发生故障' },
  BOOT_FAIL: { en: 'a node that it was given did not boot', zh: '分配的节点启动失败' },
  PREEMPTED: { en: 'Slurm gave its chips to another job (preemption)', zh: '芯片被 Slurm 分配给其他作业（抢占）' },
  OUT_OF_MEMORY: { en: 'it took more memory than it may', zh: '内存占用超出限额' },
}

const STATES: Readonly<Record<string, EngineState>> = {
  REQUEUED: 'waiting',
  REQUEUE_FED: 'waiting',
  REQUEUE_HOLD: 'held',
  RESV_DEL_HOLD: 'held',
  SPECIAL_EXIT: 'held',
  COMPLETED: 'done',
  CANCELLED: 'cancelled',
}
