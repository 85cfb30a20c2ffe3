import type { Text } from '@dengta/kernel'
import type { EngineJob } from '../executor/executor.ts'
import { jobReasons as reasons } from '../public-job/job-reasons.ts'
import { endOfLate } from '../public-job/late-jobs.ts'
import type { PublicJob, PublicJobChange } from '../public-job/public-job.ts'
import { publicJobErrors as errors } from '../public-job/public-job-errors.ts'
import { mayRun } from './job-command.ts'

/** An ended job whose usage the engine does not report is closed without one after this long, milliseconds. */
const USAGE_GRACE = 60_000
/** Engines may round the beginning of a run, milliseconds. */
const SAME_START = 1000

export interface ProgressOptions {
  readonly engine: string
  readonly now: number
  readonly sites?: readonly string[] | undefined
  readonly holdsPrograms: boolean
  /** Since when the engine has not shown the job, if it runs by the books; milliseconds since 1970. */
  readonly missingSince?: number | undefined
}

/**
 * What a job becomes by what the engine shows of it; undefined where nothing changes. An end with usage is not decided here:
 * it is written with its record. Pure.
 */
export function progressOf(
  job: PublicJob,
  seen: EngineJob | undefined,
  options: ProgressOptions,
): PublicJobChange | undefined {
  const change = seen ? changeBy(job, seen, options) : unseen(job, options)
  return change && differs(job, change) ? change : undefined
}

function unseen(job: PublicJob, options: ProgressOptions): PublicJobChange | undefined {
  const { engine, now, missingSince } = options
  if (job.handedAt && job.cancelAskedAt) return cancelled(job, now)
  if (missingSince !== undefined && now - missingSince >= USAGE_GRACE)
    return { state: 'failed', reason: reasons.lost(engine), endedAt: new Date(now) }
  const late = endOfLate(job, new Date(now))
  if (late) return late
  const reason = whyNotHere(job, options)
  if (!reason) return undefined
  const isOver = !job.handedAt && new Date(job.ask.deadline).getTime() <= now
  return isOver ? { state: 'failed', reason, endedAt: new Date(now) } : { reason }
}

/** What keeps this engine from ever being given a placed job. */
function whyNotHere(
  { placement, ask }: PublicJob,
  { engine, sites, holdsPrograms }: ProgressOptions,
): Text | undefined {
  if (!placement) return undefined
  if (!mayRun(ask.command, holdsPrograms)) return reasons.notNow(errors.programs_not_held().text)
  return !sites || sites.includes(placement.site) ? undefined : reasons.notThere(placement.site, engine)
}

function changeBy(job: PublicJob, seen: EngineJob, { engine, now }: ProgressOptions): PublicJobChange | undefined {
  const { state, site } = seen
  if (state === 'running')
    return {
      state: 'running',
      reason: job.cancelAskedAt ? reasons.cancelling() : runningReason(job, seen, engine),
      ...thisRun(job, seen),
      ...(!job.startedAt && { startedAt: new Date(seen.startedAt ?? now) }),
    }
  if (state === 'waiting') return { state: 'placed', reason: reasons.waits(site, seen.reason ?? '') }
  if (state === 'held') return { state: 'placed', reason: job.startedAt ? reasons.offChips(site) : reasons.held(site) }
  return ended(job, seen, now)
}

function runningReason(job: PublicJob, { site, chips }: EngineJob, engine: string) {
  const ordered = job.placement?.chips ?? job.ask.chips
  return chips < ordered ? reasons.onFewerChips(site, chips, ordered) : reasons.running(site, engine)
}

/** Chips that it runs on and since when it is back on them, as a plan of the rest of the day must count it; noted where they have changed. */
function thisRun({ placement, ask, startedAt }: PublicJob, seen: EngineJob): Pick<PublicJobChange, 'placement'> {
  if (!placement) return {}
  const began = placement.resumedAt === undefined ? startedAt?.getTime() : Date.parse(placement.resumedAt)
  const isBack = began !== undefined && seen.startedAt !== undefined && seen.startedAt > began + SAME_START
  const isOnOthers = seen.chips !== (placement.chipsNow ?? placement.chips ?? ask.chips)
  if (!isBack && !isOnOthers) return {}
  const resumed = isBack && { resumedAt: new Date(seen.startedAt!).toISOString() }
  return { placement: { ...placement, ...(isOnOthers && { chipsNow: seen.chips }), ...resumed } }
}

function ended(job: PublicJob, { state, endedAt, reason }: EngineJob, now: number): PublicJobChange | undefined {
  if (state === 'cancelled' && !job.startedAt) return cancelled(job, now)
  if (endedAt === undefined || now - endedAt < USAGE_GRACE) return undefined
  if (state === 'cancelled') return cancelled(job, endedAt)
  const text = state === 'done' ? reasons.done() : reasons.failed(reason ?? UNSAID)
  return { state: state === 'done' ? 'done' : 'failed', reason: text, endedAt: new Date(endedAt) }
}

const UNSAID = { en: 'the engine does not say why', zh: '执行引擎未说明原因' }

/** One that ran keeps its place: the record of what it used may come later. */
const cancelled = ({ startedAt }: PublicJob, at: number): PublicJobChange => ({
  state: 'cancelled',
  reason: reasons.cancelled(),
  endedAt: new Date(at),
  ...(!startedAt && { placement: null }),
})

const differs = (job: PublicJob, change: PublicJobChange): boolean =>
  (change.state ?? job.state) !== job.state ||
  change.reason?.en !== job.reason.en ||
  change.startedAt !== undefined ||
  (change.placement !== undefined && change.placement !== null)
