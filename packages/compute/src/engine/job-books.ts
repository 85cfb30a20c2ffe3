import type { AppError, Clock } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import type { DayService } from '../day/day-service.ts'
import type { EngineJob, Executor, Order, Usage } from '../executor/executor.ts'
import type { PlanRunStore } from '../plan-run/plan-run-store.ts'
import { jobReasons as reasons } from '../public-job/job-reasons.ts'
import type { PublicJob, PublicJobChange } from '../public-job/public-job.ts'
import { REPLAN } from '../public-job/public-job-service.ts'
import type { PublicJobStore } from '../public-job/public-job-store.ts'
import type { ComputeTables } from '../tables.ts'
import { workOf } from './job-command.ts'
import { type ProgressOptions, progressOf } from './job-progress.ts'
import type { ProgramStore } from './program-store.ts'
import { isStillPlaced } from './still-placed.ts'
import { endOf, usageRecord } from './usage-record.ts'

export interface JobBooksParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly jobs: PublicJobStore
  readonly runs: PlanRunStore
  readonly days: DayService
  readonly programs: ProgramStore
  readonly engine: Executor['id']
}

/** What the house writes down about the jobs that its engine runs. Every call may be repeated. */
export interface JobBooks {
  /** Jobs that were placed while nothing would run them learn that they will be run. */
  takeOver(): Promise<void>
  /** Open jobs are fitted into the day in course, which was planned before it began. */
  dayBegins(): Promise<void>
  /** Notes that a job goes out; false where it was cancelled meanwhile, or moved by a re-plan. */
  hand(order: Order): Promise<boolean>
  /** A job that the engine will never take is closed; for any other failure it is asked again. */
  refused(job: string, error: AppError): Promise<void>
  /** Usage, its record and the end of the job, in one transaction; the first usage of a job stays. */
  end(usage: Usage, seen: EngineJob | undefined): Promise<void>
  /** Brings the states of open jobs up to what the engine shows. */
  follow(seen: readonly EngineJob[], options: ProgressOptions): Promise<void>
}

const OPEN = ['waiting', 'placed', 'running'] as const

export function jobBooks(parts: JobBooksParts): JobBooks {
  const { jobs, clock } = parts
  let missing: ReadonlyMap<string, number> = new Map()
  return {
    takeOver: () => takeOver(parts),
    dayBegins: () => dayBegins(parts),
    hand: (order) => hand(parts, order),
    refused: async (id, { kind, text }) => {
      const closed = { state: 'refused', reason: reasons.refused(text), endedAt: clock.now() } as const
      const change = kind === 'invalid' ? closed : { reason: reasons.notNow(text) }
      await write(parts, [{ id, change }], kind === 'invalid' ? await jobs.open() : [])
    },
    end: (usage, seen) => end(parts, usage, seen),
    follow: async (seen, options) => {
      const open = await jobs.open()
      missing = missingSince(open, seen, { before: missing, now: options.now })
      await follow(parts, { open, seen, missing }, options)
    },
  }
}

async function takeOver({ store, jobs }: JobBooksParts): Promise<void> {
  const open = await jobs.open()
  await store.transaction<ComputeTables, void>(async (tx) => {
    for (const { id, state, placement } of open)
      if (state === 'placed' && placement) await jobs.changeUnhanded(tx, id, { reason: reasons.placed(placement) })
  })
}

async function dayBegins({ store, jobs }: JobBooksParts): Promise<void> {
  if ((await jobs.open()).length === 0) return
  await store.transaction<ComputeTables, void>((tx) => store.jobs.enqueue(tx, REPLAN, {}))
}

async function hand({ store, jobs, clock, programs }: JobBooksParts, order: Order): Promise<boolean> {
  const job = await jobs.find(order.job)
  const at = clock.now()
  if (!job?.placement || !isStillPlaced(job, order, at)) return false
  const work = workOf(job.ask.command)
  if (work.kind === 'program') await programs.keep(work.source)
  const as = { placement: job.placement, at }
  return store.transaction<ComputeTables, boolean>((tx) => jobs.hand(tx, job.id, as))
}

/** Rolls back the record of a usage that was on record already. */
class Known extends Error {}

async function end(parts: JobBooksParts, usage: Usage, seen: EngineJob | undefined): Promise<void> {
  const { store, ledger, jobs, engine } = parts
  const job = await jobs.find(usage.job)
  if (!job?.placement || job.usage) return
  const basis = await basisOf(parts, job.placement.plan)
  const open = await jobs.open()
  await store
    .transaction<ComputeTables, void>(async (tx) => {
      const { id: record } = await ledger.append(tx, usageRecord(job, usage, { ...basis, engine }))
      if (!(await jobs.finish(tx, job.id, endOf(job, usage, { engine, record, seen })))) throw new Known()
      if (open.some(isWaiting)) await store.jobs.enqueue(tx, REPLAN, {})
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof Known)) throw thrown
    })
}

async function basisOf({ runs, days }: JobBooksParts, plan: string) {
  const run = (await runs.find(plan))!
  return { plan: run.result!.record, origin: (await days.get(run.day)).origin }
}

/** Jobs that run by the books and that the engine does not show, each since it was first not shown. A restart begins it anew. */
function missingSince(
  open: readonly PublicJob[],
  seen: readonly EngineJob[],
  { before, now }: { readonly before: ReadonlyMap<string, number>; readonly now: number },
): ReadonlyMap<string, number> {
  const shown = new Set(seen.map(({ job }) => job))
  const gone = open.filter(({ id, state }) => state === 'running' && !shown.has(id))
  return new Map(gone.map(({ id }) => [id, before.get(id) ?? now]))
}

interface Look {
  readonly open: readonly PublicJob[]
  readonly seen: readonly EngineJob[]
  readonly missing: ReadonlyMap<string, number>
}

async function follow(parts: JobBooksParts, { open, seen, missing }: Look, options: ProgressOptions): Promise<void> {
  const byName = new Map(seen.map((job) => [job.job, job]))
  const changes = open.flatMap((job) => {
    const change = progressOf(job, byName.get(job.id), { ...options, missingSince: missing.get(job.id) })
    return change ? [{ id: job.id, change }] : []
  })
  if (changes.length > 0) await write(parts, changes, open)
}

interface Change {
  readonly id: string
  readonly change: PublicJobChange
}

const isWaiting = ({ state }: PublicJob): boolean => state === 'waiting'

/** The room of a job that is closed goes to those that wait for a place. */
async function write(
  { store, jobs }: JobBooksParts,
  changes: readonly Change[],
  open: readonly PublicJob[],
): Promise<void> {
  const leavesRoom = changes.some(({ change }) => change.endedAt !== undefined)
  await store.transaction<ComputeTables, void>(async (tx) => {
    for (const { id, change } of changes) await jobs.change(tx, id, OPEN, change)
    if (leavesRoom && open.some(isWaiting)) await store.jobs.enqueue(tx, REPLAN, {})
  })
}
