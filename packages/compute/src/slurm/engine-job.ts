import type { EngineJob, EngineState } from '../executor/executor.ts'
import { readComment } from './job-comment.ts'
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
    reason: waits ? job.reason : undefined,
  }
}

/** A job that is being ended (COMPLETING) still draws power, so it counts as running. */
export function engineState(state: string, priority: number): EngineState {
  if (state === 'PENDING') return priority === 0 ? 'held' : 'waiting'
  return STATES[state] ?? 'failed'
}

const STATES: Readonly<Record<string, EngineState>> = {
  RUNNING: 'running',
  COMPLETING: 'running',
  CONFIGURING: 'running',
  SUSPENDED: 'running',
  STOPPED: 'running',
  SIGNALING: 'running',
  RESIZING: 'running',
  STAGE_OUT: 'running',
  REQUEUED: 'waiting',
  REQUEUE_HOLD: 'held',
  SPECIAL_EXIT: 'held',
  COMPLETED: 'done',
  CANCELLED: 'cancelled',
}
