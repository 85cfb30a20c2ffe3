import type { Text } from '@dengta/kernel'
import type { EngineJob, EngineState, GangChange, Order, Usage } from '../executor/executor.ts'

/** What the runs of a job used so far. */
interface Used {
  readonly chipHours: number
  readonly joules: number
  /** True while every joule came from a meter. */
  readonly metered: boolean
  /** Of the last run; empty while none was counted. */
  readonly source: string
  /** True where a run ended with its house, and what it drew is not known. */
  readonly lacksEnergy?: boolean | undefined
}

/** Chips of a job, their power and its longest run, where they are not those of its order. */
type LocalGang = Omit<GangChange, 'job'>

/** A job of the local executor as it is kept on disk. */
export interface LocalJob {
  readonly order: Order
  readonly state: EngineState
  readonly gang?: LocalGang | undefined
  /** The gang that it goes on with once its run has been stopped: on disk before it is. */
  readonly next?: LocalGang | undefined
  /** How often it was put on its chips. */
  readonly runs: number
  readonly firstStartedAt?: number | undefined
  readonly startedAt?: number | undefined
  readonly endedAt?: number | undefined
  readonly exitCode?: number | undefined
  readonly reason?: string | Text | undefined
  readonly used: Used
}

export interface LocalState {
  readonly guards: Readonly<Record<string, number>>
  /** In the order in which they came. */
  readonly jobs: readonly LocalJob[]
}

export const EMPTY_STATE: LocalState = { guards: {}, jobs: [] }

const NOTHING_USED: Used = { chipHours: 0, joules: 0, metered: true, source: '' }
const ENDED: readonly EngineState[] = ['done', 'failed', 'cancelled']
/** Ended jobs beyond this many are forgotten, oldest first. */
const REMEMBERED = 1000

export const isEnd = (state: EngineState): boolean => ENDED.includes(state)

export const hasEnded = ({ state }: LocalJob): boolean => isEnd(state)

export function addJob(state: LocalState, order: Order, held: boolean): LocalState {
  if (state.jobs.some((job) => job.order.job === order.job)) return state
  const job: LocalJob = { order, state: held ? 'held' : 'waiting', runs: 0, used: NOTHING_USED }
  return { ...state, jobs: [...state.jobs, job] }
}

export function changeJob(state: LocalState, name: string, change: (job: LocalJob) => LocalJob): LocalState {
  return { ...state, jobs: state.jobs.map((job) => (job.order.job === name ? change(job) : job)) }
}

export function startedJob(job: LocalJob, at: number): LocalJob {
  return { ...job, state: 'running', runs: job.runs + 1, startedAt: at, firstStartedAt: job.firstStartedAt ?? at }
}

/** The order as the job runs it now. */
export const orderNow = ({ order, gang }: LocalJob): Order => ({ ...order, ...gang })

/** A job asked to go on with another gang: at its next start, which for a running one comes when it has been stopped. */
export function askedFor(job: LocalJob, { chips, kw, minutes }: GangChange): LocalJob {
  if (hasEnded(job)) return job
  const gang = { chips, kw, minutes }
  return job.state === 'running' ? { ...job, next: gang } : { ...job, gang, next: undefined }
}

const offChips = (job: LocalJob): Pick<LocalJob, 'gang' | 'next' | 'startedAt'> => ({
  ...{ gang: job.next ?? job.gang, next: undefined, startedAt: undefined },
})

export interface RunEnd {
  readonly at: number
  readonly state: EngineState
  readonly exitCode?: number | undefined
  readonly reason?: Text | undefined
  readonly joules: number
  readonly metered: boolean
  readonly source: string
}

/** A job after one of its runs: ended, or back in the queue. */
function afterRun(job: LocalJob, { at, state, exitCode, reason, joules, metered, source }: RunEnd): LocalJob {
  const hours = (at - (job.startedAt ?? at)) / 3_600_000
  const used: Used = {
    chipHours: job.used.chipHours + hours * orderNow(job).chips,
    joules: job.used.joules + joules,
    metered: job.used.metered && metered,
    source,
    lacksEnergy: job.used.lacksEnergy,
  }
  const next = { ...job, ...offChips(job), state, exitCode, reason, used }
  return hasEnded(next) ? { ...next, endedAt: at } : next
}

/** Of each job the end of its run. */
export function afterRuns(state: LocalState, ends: readonly (readonly [job: string, end: RunEnd])[]): LocalState {
  return ends.reduce((all, [name, end]) => changeJob(all, name, (job) => afterRun(job, end)), state)
}

/**
 * What a new process finds: nothing runs any more, as the sandbox dies with its server, so what ran waits for its chips again. When
 * that was nobody knows; it counts up to when its last checkpoint was written (`savedAt`, by job), from which it goes on.
 */
export function afterRestart(state: LocalState, savedAt: ReadonlyMap<string, number>): LocalState {
  const back = (job: LocalJob): LocalJob => {
    const { startedAt = 0, used } = job
    const hours = Math.max(0, (savedAt.get(job.order.job) ?? 0) - startedAt) / 3_600_000
    return {
      ...{ ...job, ...offChips(job), state: 'waiting' },
      reason: { en: 'the server was restarted', zh: '服务器已重新启动' },
      used: { ...used, chipHours: used.chipHours + hours * orderNow(job).chips, lacksEnergy: true },
    }
  }
  return { ...state, jobs: state.jobs.map((job) => (job.state === 'running' ? back(job) : job)) }
}

/** The state as it is written, again and again: without the oldest of the ended jobs, and without the words of the others. */
export function keptState(state: LocalState): LocalState {
  const ended = state.jobs.filter(hasEnded).sort((a, b) => b.endedAt! - a.endedAt!)
  const forgotten = new Set(ended.slice(REMEMBERED))
  const kept = state.jobs.filter((job) => !forgotten.has(job))
  return { ...state, jobs: kept.map((job) => (hasEnded(job) ? { ...job, order: { ...job.order, command: [] } } : job)) }
}

export function seenJob(local: LocalJob, checkpointAt?: number): EngineJob {
  const { state, startedAt, endedAt, reason } = local
  const { job, site, chip, chips, kw } = orderNow(local)
  return { job, engineId: job, state, site, chip, chips, kw, startedAt, endedAt, checkpointAt, reason }
}

const LACKS = ', without what a run drew that ended with the house'

export function usageOf({ order, firstStartedAt, endedAt, exitCode, used }: LocalJob): Usage {
  const { joules, metered, chipHours } = used
  const source = used.source && used.lacksEnergy ? `${used.source}${LACKS}` : used.source
  return {
    job: order.job,
    startedAt: firstStartedAt!,
    endedAt: endedAt!,
    chips: order.chips,
    chipHours,
    exitCode,
    joules: source === '' ? undefined : { value: joules, method: metered ? 'metered' : 'estimate', source },
  }
}
