import { type Clock, canonicalJson, HOUSE, type Job as QueueJob, type Text } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import { type Day, endOf, slotAt, timeOfSlot } from '../day/day.ts'
import type { DayService } from '../day/day-service.ts'
import type { EventTarget } from '../engine/event-target.ts'
import type { Participant, Snapshot } from '../model/snapshot.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlannedDay } from '../plan/plan-task.ts'
import type { PlanRun } from '../plan-run/plan-run.ts'
import type { PlanEffect } from '../plan-run/plan-run-job.ts'
import type { PlanRunService } from '../plan-run/plan-run-service.ts'
import type { PlanRunStore } from '../plan-run/plan-run-store.ts'
import { EMPTY_ACCOUNT } from '../quota/quota.ts'
import type { QuotaStore } from '../quota/quota-store.ts'
import type { OpenedPlans } from '../site-board/opened-plans.ts'
import type { ComputeTables } from '../tables.ts'
import { explainJob } from '../why/why.ts'
import { jobReasons as reasons } from './job-reasons.ts'
import { closeLateJobs } from './late-jobs.ts'
import { type PublicJob, type PublicJobChange, plannedJob } from './public-job.ts'
import { dayAt, REPLAN } from './public-job-service.ts'
import type { PublicJobStore } from './public-job-store.ts'
import { locksOf } from './replan-lock.ts'
import { replanSnapshot } from './replan-snapshot.ts'
import { isStartedClass } from './started-class.ts'

type Tx = Transaction<ComputeTables>

export interface ReplanParts {
  readonly store: Store
  readonly clock: Clock
  readonly days: DayService
  readonly runs: PlanRunStore
  readonly plans: PlanRunService
  readonly opened: OpenedPlans
  readonly quotas: QuotaStore
  readonly jobs: PublicJobStore
  /** Targets of the events that are not over. */
  readonly targets: () => Promise<readonly EventTarget[]>
  /** Why placed jobs will not start here; undefined where an engine runs them. */
  readonly idle: () => Text | undefined
}

/** The background job that asks for a plan of the rest of the day once jobs came or went. Many arrivals end in one plan. */
export function replanJob(parts: ReplanParts): QueueJob {
  return { queue: REPLAN, concurrency: 1, work: () => askReplan(parts) }
}

async function askReplan(parts: ReplanParts): Promise<void> {
  const { store, clock, days, runs, plans } = parts
  const now = clock.now()
  const day = await dayAt(days, now)
  await closeLateJobs(parts)
  if (endOf(day) <= now) return
  const rest = await restOf(parts, day, now)
  if (!rest) return
  const snapshot = await days.keep(canonicalJson(rest))
  const known = await runs.list(day.id)
  if (isPlanned(known, snapshot)) return
  const wish = {
    day: day.id,
    snapshot,
    jobs: rest.jobs.length,
    kind: 'replan',
    effort: 'quick',
    seed: 1,
    askedBy: HOUSE,
  } as const
  await store.transaction<ComputeTables, void>(async (tx) => {
    await supersede(parts, tx, known)
    await plans.queue(tx, wish)
  })
}

const isReplan = ({ kind }: PlanRun): boolean => kind === 'replan'

/** Whether nothing has been planned since this rest of the day was: a plan of the whole day takes its place, and knows no jobs of participants. */
function isPlanned(newestFirst: readonly PlanRun[], snapshot: string): boolean {
  const newest = newestFirst.find(({ state }) => state !== 'cancelled' && state !== 'failed')
  return newest !== undefined && isReplan(newest) && newest.snapshot === snapshot
}

/** Re-plans that nobody works on yet give way to one that knows more; one that is being made is finished, or a stream of jobs would let none end. */
async function supersede({ runs, clock }: ReplanParts, tx: Tx, known: readonly PlanRun[]): Promise<boolean> {
  const change = { state: 'cancelled', finishedAt: clock.now() } as const
  let any = false
  for (const { id } of known.filter((each) => isReplan(each) && each.state === 'waiting'))
    any = (await runs.change(tx, id, ['waiting'], change)) || any
  return any
}

/** The rest of the day with the open jobs in it; undefined where there are none and there were none. */
async function restOf(
  { days, runs, opened, quotas, jobs, targets }: ReplanParts,
  day: Day,
  now: Date,
): Promise<Snapshot | undefined> {
  const [newest, open, events] = await Promise.all([runs.newestDone(day.id), jobs.open(), targets()])
  if (open.length === 0 && events.length === 0 && newest?.kind !== 'replan') return undefined
  const snapshot = await days.snapshot(day.snapshot)
  const plan = newest && (await opened.open(newest.id))
  return replanSnapshot({
    snapshot,
    inForce: plan && { snapshot: plan.snapshot, placements: plan.plan.placements },
    now: slotAt(day, now),
    arrived: open.map((job) => plannedJob(job, day)),
    participants: await askers(quotas, open),
    locks: locksOf(open, day),
    targets: events,
    startsAt: day.startsAt.getTime(),
  })
}

async function askers(quotas: QuotaStore, open: readonly PublicJob[]): Promise<Participant[]> {
  const [all, accounts] = await Promise.all([quotas.list(), quotas.accounts()])
  const asking = new Set(open.map(({ participant }) => participant))
  return all
    .filter(({ participant }) => asking.has(participant))
    .map(({ participant: name, share, chipHours }) => {
      const { used } = accounts.get(name) ?? EMPTY_ACCOUNT
      return { name, share, usedChipHours: used.chipHours, quotaChipHours: Math.max(0, chipHours - used.chipHours) }
    })
}

/**
 * Every open job that no engine has learns what a finished plan does with it. The rest of the day is planned once more after a plan of
 * the whole day, which knows no jobs of participants, and where jobs came or began while a re-plan was made.
 */
export async function effectsOfPlan(parts: ReplanParts, run: PlanRun, planned: PlannedDay): Promise<PlanEffect> {
  const { store, runs, jobs } = parts
  const known = await runs.list(run.day)
  const { changes, movable } = isReplan(run) ? await changesBy(parts, run, planned) : { changes: [], movable: [] }
  return async (tx) => {
    let isBehind = !isReplan(run) || movable.some(({ handedAt }) => handedAt)
    for (const { id, change } of changes) isBehind = !(await jobs.changeUnhanded(tx, id, change)) || isBehind
    isBehind = (await supersede(parts, tx, known)) || isBehind
    if (isBehind) await store.jobs.enqueue(tx, REPLAN, {})
  }
}

/** `movable`: open jobs that the plan was free to place, as no engine had them when it was asked for. */
async function changesBy(parts: ReplanParts, run: PlanRun, planned: PlannedDay) {
  const { days, jobs } = parts
  const [day, snapshot, open] = await Promise.all([days.get(run.day), days.snapshot(run.snapshot), jobs.open()])
  const made = { run, day, snapshot, plan: JSON.parse(planned.file) as Plan }
  const wasFree = new Map(snapshot.jobs.map((job) => [job.name, !isStartedClass(job.class)]))
  const changes = open
    .filter(({ id, handedAt }) => wasFree.has(id) && !handedAt)
    .map((job) => ({ id: job.id, change: changeOf(made, job, parts.idle()) }))
  return { changes, movable: open.filter(({ id }) => wasFree.get(id)) }
}

function changeOf(made: Made, { id, ask }: PublicJob, idle: Text | undefined): PublicJobChange {
  const placement = placementOf(made, id)
  if (!placement) {
    const hasNextDay = new Date(ask.deadline) > endOf(made.day)
    const reason = hasNextDay ? reasons.nextDay() : explainJob(made.snapshot, made.plan, id).waitsFor
    return { state: 'waiting', placement: null, reason }
  }
  const reason = idle ? reasons.placedOnly(placement, idle) : reasons.placed(placement)
  return { state: 'placed', placement, reason }
}

interface Made {
  readonly run: PlanRun
  readonly day: Day
  readonly snapshot: Snapshot
  readonly plan: Plan
}

function placementOf({ run, day, snapshot, plan }: Made, id: string): PublicJob['placement'] {
  const found = plan.placements.find(({ job }) => job === id)
  if (!found) return undefined
  const { site, chip, level, start, slots, chips } = found
  const workload = snapshot.jobs.find(({ name }) => name === id)!.class
  return {
    ...{ plan: run.id, site, chip, watts: snapshot.classes[workload]![chip]![level]!.watts },
    ...(chips !== undefined && { chips }),
    startsAt: timeOfSlot(day, start).toISOString(),
    endsAt: timeOfSlot(day, start + slots).toISOString(),
  }
}
