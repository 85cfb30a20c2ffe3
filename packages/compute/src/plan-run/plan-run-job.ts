import { performance } from 'node:perf_hooks'
import { type Clock, type Job, utf8 } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { DayService } from '../day/day-service.ts'
import { runApart } from '../plan/plan-client.ts'
import type { PlannedDay } from '../plan/plan-task.ts'
import type { ComputeTables } from '../tables.ts'
import { planRecord, resultOf } from './plan-record.ts'
import { isOpen, type PlanRun } from './plan-run.ts'
import { planRunErrors as errors } from './plan-run-errors.ts'
import { PLAN } from './plan-run-service.ts'
import type { PlanRunStore } from './plan-run-store.ts'
import type { RunningPlans } from './running-plans.ts'

export interface PlanJobParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly plans: PlanRunStore
  readonly days: DayService
  readonly running: RunningPlans
  /** What else comes true with a plan: read beforehand, written in the transaction that records it. */
  readonly effects: (run: PlanRun, planned: PlannedDay) => Promise<PlanEffect>
}

export type PlanEffect = (tx: Transaction<ComputeTables>) => Promise<void>

const payload = z.object({ plan: z.string() })

/** The background job that plans what was asked for. After a crash it plans again, to the same file. */
export function planJob(parts: PlanJobParts): Job {
  return {
    queue: PLAN,
    concurrency: 1,
    work: async (given) => work(parts, payload.parse(given).plan),
    giveUp: async (given) => giveUp(parts, payload.parse(given).plan),
  }
}

async function giveUp({ store, plans, clock }: PlanJobParts, id: string): Promise<void> {
  const { code, text } = errors.failed()
  await store.transaction<ComputeTables, boolean>((tx) =>
    plans.change(tx, id, ['waiting', 'running'], { state: 'failed', finishedAt: clock.now(), failure: { code, text } }),
  )
}

async function work(parts: PlanJobParts, id: string): Promise<void> {
  const run = await parts.plans.find(id)
  if (!run || !isOpen(run)) return
  const started = performance.now()
  const planned = await parts.running.during(id, async (signal, progress) => {
    const claimed = await parts.store.transaction<ComputeTables, boolean>((tx) =>
      parts.plans.change(tx, id, ['waiting', 'running'], { state: 'running' }),
    )
    return claimed ? plan(parts, run, { signal, progress }) : undefined
  })
  if (planned) await keep(parts, run, { planned, seconds: (performance.now() - started) / 1000 })
}

/** Undefined where it was cancelled meanwhile. */
async function plan(
  { days }: PlanJobParts,
  { snapshot: digest, effort }: PlanRun,
  options: NonNullable<Parameters<typeof runApart>[1]> & { readonly signal: AbortSignal },
): Promise<PlannedDay | undefined> {
  const { name: _, ...work } = effort
  try {
    return await runApart({ kind: 'plan', snapshot: await days.snapshot(digest), effort: work }, options)
  } catch (thrown) {
    if (options.signal.aborted) return undefined
    throw thrown
  }
}

interface Keeping {
  readonly planned: PlannedDay
  readonly seconds: number
}

async function keep(parts: PlanJobParts, run: PlanRun, { planned, seconds }: Keeping): Promise<void> {
  const { store, ledger, clock, plans, days, effects } = parts
  await store.blobs.put(utf8(planned.file))
  const day = await days.get(run.day)
  const before = await plans.newestDone(run.day)
  const basis = before?.result ? [before.result.record] : []
  const result = resultOf(planned, seconds)
  const effect = await effects(run, planned)
  await store
    .transaction<ComputeTables, void>(async (tx) => {
      const { id: record } = await ledger.append(tx, planRecord(run, day, result, basis))
      const change = { state: 'done', finishedAt: clock.now(), result: { ...result, record } } as const
      if (!(await plans.change(tx, run.id, ['running'], change))) throw new Cancelled()
      await effect(tx)
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof Cancelled)) throw thrown
    })
}

/** Rolls back the record of a plan that was cancelled in the moment it was done. */
class Cancelled extends Error {}
