import type { EngineJob, EngineState, GangChange, Order } from './executor.ts'

const MINUTE = 60_000
/** Minutes of work that are no work. */
const ROUNDING = 1e-6

/** One job of the engine in memory. `left` and `savedLeft` in minutes of work at speed 1. */
export interface MemoryJob {
  readonly order: Order
  readonly engineId: string
  readonly state: EngineState
  readonly watts: number
  readonly kw: number
  /** Chips it has now: those of its order, or fewer. */
  readonly chips: number
  readonly left: number
  /** What is left when it starts again from its last checkpoint. */
  readonly savedLeft: number
  /** Up to when `left` has been counted. */
  readonly at: number
  readonly firstStartedAt?: number | undefined
  readonly startedAt?: number | undefined
  readonly endedAt?: number | undefined
  readonly checkpointAt?: number | undefined
  readonly chipMinutes: number
  readonly joules: number
  readonly requeues: number
}

export function newMemoryJob(
  order: Order,
  held: boolean,
  { id, at, work }: { id: number; at: number; work: number },
): MemoryJob {
  return {
    order,
    engineId: `m${id}`,
    state: held ? 'held' : 'waiting',
    watts: order.wattsPerChip,
    kw: order.kw,
    chips: order.chips,
    left: work,
    savedLeft: work,
    at,
    chipMinutes: 0,
    joules: 0,
    requeues: 0,
  }
}

export function started(job: MemoryJob, at: number): MemoryJob {
  return {
    ...job,
    state: 'running',
    left: job.savedLeft,
    at,
    startedAt: at,
    firstStartedAt: job.firstStartedAt ?? at,
  }
}

/** The whole millisecond in which a running job will have ended at this speed. */
export const endOf = (job: MemoryJob, speed: number): number => Math.ceil(job.at + (job.left / speed) * MINUTE)

/** A running job some time later: work done, checkpoints written, energy used; `done` where nothing is left. */
export function later(job: MemoryJob, to: number, speed: number): MemoryJob {
  const minutes = (to - job.at) / MINUTE
  const left = Math.max(0, job.left - minutes * speed)
  const moved = {
    ...job,
    left,
    at: to,
    chipMinutes: job.chipMinutes + minutes * job.chips,
    joules: job.joules + job.kw * 1000 * minutes * 60,
    ...checkpointed(job, to, speed),
  }
  return left <= ROUNDING ? { ...moved, left: 0, state: 'done', endedAt: to } : moved
}

function checkpointed(job: MemoryJob, to: number, speed: number): Partial<MemoryJob> {
  const every = (job.order.checkpoint?.everyMinutes ?? 0) * MINUTE
  if (every === 0 || job.startedAt === undefined) return {}
  const last = job.startedAt + Math.floor((to - job.startedAt) / every) * every
  if (last <= job.at) return {}
  return { checkpointAt: last, savedLeft: Math.max(0, job.left - ((last - job.at) / MINUTE) * speed) }
}

/** Back in the queue and held; it will go on from its last checkpoint. */
export function requeued(job: MemoryJob): MemoryJob {
  const { order } = job
  return {
    ...job,
    state: 'held',
    left: job.savedLeft,
    watts: order.wattsPerChip,
    kw: (order.kw * job.chips) / order.chips,
    startedAt: undefined,
    requeues: job.requeues + 1,
  }
}

/** On another gang: a running job begins it at its last checkpoint. */
export function resized(job: MemoryJob, { chips, kw }: Pick<GangChange, 'chips' | 'kw'>, at: number): MemoryJob {
  return { ...(job.state === 'running' ? started(job, at) : job), chips, kw }
}

export function asSeen({ order, chips, engineId, state, kw, startedAt, endedAt, checkpointAt }: MemoryJob): EngineJob {
  const { job, site, chip } = order
  return { job, engineId, state, site, chip, chips, kw, startedAt, endedAt, checkpointAt }
}
