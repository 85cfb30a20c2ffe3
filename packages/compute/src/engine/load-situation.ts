import { AppError, type Clock } from '@dengta/kernel'
import type { Day } from '../day/day.ts'
import type { DayService } from '../day/day-service.ts'
import type { Pool } from '../executor/may-start.ts'
import type { GridEventRow } from '../grid-event/grid-event.ts'
import type { GridEventStore } from '../grid-event/grid-event-store.ts'
import { powerBySite } from '../model/cost.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { PlanRunStore } from '../plan-run/plan-run-store.ts'
import { dayAt } from '../public-job/public-job-service.ts'
import type { OpenedPlans } from '../site-board/opened-plans.ts'
import type { PowerSituation } from './engine-limits.ts'
import type { EventTarget } from './event-target.ts'
import { namesOf, targetsOfEvent } from './targets-of-event.ts'

export interface SituationParts {
  readonly clock: Clock
  readonly days: DayService
  readonly runs: PlanRunStore
  readonly opened: OpenedPlans
  readonly events: GridEventStore
}

/** Reads what the engine must keep to; a plan or an event is opened once. */
export class SituationReader {
  readonly #parts: SituationParts
  readonly #targets = new Map<string, readonly EventTarget[]>()
  #day: { readonly id: string; readonly snapshot: Snapshot } | undefined
  #others: { readonly plan: string | undefined; readonly day: string; readonly kw: readonly Float64Array[] } | undefined

  constructor(parts: SituationParts) {
    this.#parts = parts
  }

  /** Undefined where there is no day at all. */
  async read(): Promise<PowerSituation | undefined> {
    const { days, clock } = this.#parts
    const day = await dayAt(days, clock.now()).catch(noneYet)
    if (!day) return undefined
    const snapshot = await this.#snapshotOf(day)
    const [othersKw, targets] = await Promise.all([this.#othersKw(day, snapshot), this.targets()])
    return { snapshot, startsAt: day.startsAt.getTime(), othersKw, targets }
  }

  /** Of every event that is not over yet. */
  async targets(): Promise<readonly EventTarget[]> {
    const now = this.#parts.clock.now()
    const rows = await this.#parts.events.notOver(now)
    const open = new Set(rows.map(({ id }) => id))
    for (const id of this.#targets.keys()) if (!open.has(id)) this.#targets.delete(id)
    return (await Promise.all(rows.map((row) => this.#targetsOf(row)))).flat()
  }

  async #targetsOf(row: GridEventRow): Promise<readonly EventTarget[]> {
    const known = this.#targets.get(row.id)
    if (known) return known
    const opened = await this.#parts.opened.open(row.plan)
    const day = await this.#parts.days.snapshot(opened.day.snapshot)
    const targets = targetsOfEvent(row, opened, namesOf(day))
    this.#targets.set(row.id, targets)
    return targets
  }

  async #snapshotOf({ id, snapshot }: Day): Promise<Snapshot> {
    if (this.#day?.id !== id) this.#day = { id, snapshot: await this.#parts.days.snapshot(snapshot) }
    return this.#day.snapshot
  }

  async #othersKw(day: Day, snapshot: Snapshot): Promise<readonly Float64Array[]> {
    const plan = (await this.#parts.runs.newestDone(day.id))?.id
    if (this.#others?.plan !== plan || this.#others?.day !== day.id)
      this.#others = { plan, day: day.id, kw: await this.#plannedKw(plan, snapshot) }
    return this.#others.kw
  }

  async #plannedKw(plan: string | undefined, snapshot: Snapshot): Promise<readonly Float64Array[]> {
    if (plan === undefined) return powerBySite(snapshot, [])
    const opened = await this.#parts.opened.open(plan)
    const ofTheDay = namesOf(snapshot)
    return powerBySite(
      opened.snapshot,
      opened.plan.placements.filter(({ job }) => ofTheDay.has(job)),
    )
  }
}

function noneYet(thrown: unknown): undefined {
  if (!(thrown instanceof AppError && thrown.code === 'day.none')) throw thrown
}

export function poolsOf({ snapshot }: PowerSituation): Pool[] {
  return snapshot.sites.flatMap(({ name, pools }) => pools.map(({ chip, count }) => ({ site: name, chip, count })))
}
