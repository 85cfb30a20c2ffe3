import type { Caller, Clock, Ids } from '@dengta/kernel'
import { type EffortName, type NewPlan, PLAN_STATES, type PlanView } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import type { DayService } from '../day/day-service.ts'
import { effortOf } from '../plan/efforts.ts'
import type { ComputeTables } from '../tables.ts'
import { isOpen, type PlanRun, planView } from './plan-run.ts'
import { planRunErrors as errors } from './plan-run-errors.ts'
import type { PlanRunStore } from './plan-run-store.ts'
import type { RunningPlans } from './running-plans.ts'

export const PLAN = 'compute-plan'

type Tx = Transaction<ComputeTables>

export interface PlanRunService {
  /** Queues a plan of a day; throws `day.missing`. */
  ask(caller: Caller, wish: NewPlan): Promise<PlanView>
  /** Queues a plan inside the act's own transaction. */
  queue(tx: Tx, wish: PlanWish): Promise<PlanRun>
  /** Throws `plan.missing`. */
  get(id: string): Promise<PlanRun>
  view(id: string): Promise<PlanView>
  /** Newest first, at most 500. */
  list(day?: string): Promise<readonly PlanView[]>
  /** Ends the work at once; throws `plan.ended` where there is none left. */
  cancel(id: string): Promise<PlanView>
  /** The plan file, canonical JSON; throws `plan.not_done`. */
  file(id: string): Promise<{ readonly run: PlanRun; readonly bytes: Uint8Array }>
}

interface PlanWish {
  readonly day: string
  readonly snapshot: string
  /** How many jobs the snapshot has. */
  readonly jobs: number
  readonly kind: PlanRun['kind']
  readonly effort: EffortName
  readonly seed: number
  readonly askedBy: string
}

export interface PlanRunServiceParts {
  readonly store: Store
  readonly plans: PlanRunStore
  readonly days: DayService
  readonly clock: Clock
  readonly ids: Ids
  readonly running: RunningPlans
}

export function planRunService(parts: PlanRunServiceParts): PlanRunService {
  const get = async (id: string): Promise<PlanRun> => {
    const run = await parts.plans.find(id)
    if (!run) throw errors.missing({ id })
    return run
  }
  const view = async (run: PlanRun): Promise<PlanView> =>
    planView(run, await parts.days.get(run.day), parts.running.progressOf(run.id))
  return {
    get,
    view: async (id) => view(await get(id)),
    list: (day) => list(parts, day),
    ask: (caller, wish) => ask(parts, caller, wish).then(view),
    queue: (tx, wish) => queue(parts, tx, wish),
    cancel: async (id) => {
      await cancel(parts, await get(id))
      return view(await get(id))
    },
    file: async (id) => {
      const run = await get(id)
      if (!run.result) throw errors.not_done({ id, state: PLAN_STATES[run.state] })
      return { run, bytes: await parts.store.blobs.get(run.result.digest) }
    },
  }
}

/** Each day is read once, however many plans it has. */
async function list({ plans, days, running }: PlanRunServiceParts, only: string | undefined): Promise<PlanView[]> {
  const runs = await plans.list(only)
  const found = await Promise.all([...new Set(runs.map(({ day }) => day))].map((id) => days.get(id)))
  const byId = new Map(found.map((day) => [day.id, day]))
  return runs.map((run) => planView(run, byId.get(run.day)!, running.progressOf(run.id)))
}

async function ask(parts: PlanRunServiceParts, caller: Caller, wish: NewPlan): Promise<PlanRun> {
  const { effort = 'normal', seed = 1 } = wish
  const day = await parts.days.get(wish.day)
  const asked = { day: day.id, snapshot: day.snapshot, jobs: day.jobs, kind: 'day', effort, seed } as const
  return parts.store.transaction<ComputeTables, PlanRun>((tx) =>
    queue(parts, tx, { ...asked, askedBy: caller.participant }),
  )
}

async function queue({ store, plans, clock, ids }: PlanRunServiceParts, tx: Tx, wish: PlanWish): Promise<PlanRun> {
  const { effort, seed, jobs, ...rest } = wish
  const run: PlanRun = {
    ...rest,
    ...{ id: ids.next('plan'), state: 'waiting', askedAt: clock.now() },
    effort: { name: effort, ...effortOf(effort, seed, jobs) },
  }
  await plans.create(tx, run)
  await store.jobs.enqueue(tx, PLAN, { plan: run.id })
  return run
}

async function cancel({ store, plans, clock, running }: PlanRunServiceParts, run: PlanRun): Promise<void> {
  const { id } = run
  const change = { state: 'cancelled', finishedAt: clock.now() } as const
  const changed =
    isOpen(run) &&
    (await store.transaction<ComputeTables, boolean>((tx) => plans.change(tx, id, ['waiting', 'running'], change)))
  if (!changed) throw errors.ended({ id, state: PLAN_STATES[(await plans.find(id))?.state ?? run.state] })
  running.end(id, errors.cancelled({ id }))
}
