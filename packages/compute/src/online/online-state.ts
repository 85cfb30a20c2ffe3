import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import type { Prices } from '../plan/prices.ts'

/** A job that holds chips now. It is locked: nobody moves it silently. Slots count from the beginning of the snapshot. */
export interface Running {
  readonly job: string
  readonly site: string
  readonly chip: string
  /** Chips held, whole nodes included, and their draw in kW before PUE. */
  readonly chips: number
  readonly kw: number
  /** First slot after the one it is believed to end in; a run past its estimate has been given a later one. */
  readonly until: number
  /** The nodes that it holds, by row in their pool, where that is known. */
  readonly nodes?: readonly number[] | undefined
}

/** Chips that are broken, and the slot from which they are expected back. */
export interface Outage {
  readonly site: string
  readonly chip: string
  readonly chips: number
  readonly until: number
}

/** A job that is expected still to come, and where room is kept for it. */
export interface Expected {
  readonly job: Job
  readonly at: Placement
}

/** What was decided one slot ago: where waiting jobs are to run, and the prices of that decision, if it had any. */
export interface OnlinePlan {
  readonly placements: readonly Placement[]
  readonly prices?: WindowPrices | undefined
  /** Where the policy keeps room for jobs of the forecast; nobody starts these. */
  readonly expected?: readonly Expected[] | undefined
  /** Nodes of each placement, by job and by row in its pool, where the policy packs nodes (`onNodes`). */
  readonly nodes?: ReadonlyMap<string, readonly number[]> | undefined
}

/** Prices of the slots from `now` on, over a window of `slots`. */
export interface WindowPrices {
  readonly now: number
  readonly slots: number
  readonly prices: Prices
}

/**
 * All that anybody can know in slot `now`. `snapshot.jobs` are the jobs released and still waiting, by their estimates, in the
 * order in which they came; its series are those announced so far; its quotas are what is left.
 */
export interface OnlineState {
  readonly snapshot: Snapshot
  readonly now: number
  /** Slots that are looked ahead. */
  readonly horizon: number
  readonly running: readonly Running[]
  readonly outages: readonly Outage[]
  readonly previous: OnlinePlan
  /** Jobs like those that are expected still to come, drawn from the past. Room is kept for them; they are never started. */
  readonly forecast?: readonly Job[] | undefined
}

/** Decides one slot. A placement that starts in slot `now` is started; one that starts later may still change. Pure. */
export type Policy = (state: OnlineState) => OnlinePlan

export const NOTHING_PLANNED: OnlinePlan = { placements: [] }
