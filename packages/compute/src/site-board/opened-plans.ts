import type { Day } from '../day/day.ts'
import type { DayService } from '../day/day-service.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { Plan } from '../plan/plan.ts'
import type { PlanRun } from '../plan-run/plan-run.ts'
import type { PlanRunService } from '../plan-run/plan-run-service.ts'

/** A finished plan with all that is needed to show it. */
export interface OpenedPlan {
  readonly run: PlanRun
  readonly day: Day
  readonly snapshot: Snapshot
  readonly plan: Plan
}

/** Opens finished plans. The last one is kept as long as memory is not needed: a board asks for the same plan several times. */
export class OpenedPlans {
  readonly #plans: PlanRunService
  readonly #days: DayService
  #last: { readonly id: string; readonly opened: WeakRef<OpenedPlan> } | undefined

  constructor(plans: PlanRunService, days: DayService) {
    this.#plans = plans
    this.#days = days
  }

  /** Throws `plan.missing` or `plan.not_done`. */
  async open(id: string): Promise<OpenedPlan> {
    const kept = this.#last?.id === id ? this.#last.opened.deref() : undefined
    if (kept) return kept
    const { run, bytes } = await this.#plans.file(id)
    const [day, snapshot] = await Promise.all([this.#days.get(run.day), this.#days.snapshot(run.snapshot)])
    const opened = { run, day, snapshot, plan: JSON.parse(new TextDecoder().decode(bytes)) as Plan }
    this.#last = { id, opened: new WeakRef(opened) }
    return opened
  }
}
