import type { Placement } from '../model/snapshot.ts'
import type { Terms } from '../model/terms.ts'

/** Gang size, then one value a slot. */
type GangPrices = Readonly<Record<string, readonly number[]>>

/** Prices by name, as anybody can read and recompute them: one value a slot, yuan, never below zero. */
export interface PlanPrices {
  /** Site, then chip: yuan for one chip through the slot. */
  readonly chips: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>
  /**
   * Site, chip, then gang size: yuan for room for one whole gang of so many chips through the slot. Sizes without a price, and
   * all of them in older plans, are absent.
   */
  readonly gangs?: Readonly<Record<string, Readonly<Record<string, GangPrices>>>> | undefined
  /** Site or feeder: yuan for one kW at the meter through the slot. */
  readonly sites: Readonly<Record<string, readonly number[]>>
  readonly feeders: Readonly<Record<string, readonly number[]>>
  /** Participant: yuan for one chip-hour of its quota. */
  readonly quota: Readonly<Record<string, number>>
  /** Site: yuan for one kW in the slot towards the demand charge; sums to at most that charge. */
  readonly demand: Readonly<Record<string, readonly number[]>>
}

/** A plan with the prices that prove how good it is. `snapshot` is the digest of what it was made for. */
export interface Plan {
  readonly snapshot: string
  readonly placements: readonly Placement[]
  readonly unserved: readonly string[]
  readonly terms: Terms
  /** No plan whatever costs less than this, yuan. */
  readonly bound: number
  readonly prices: PlanPrices
  /** The same for service alone: no plan leaves out less value, or fewer jobs, than this. */
  readonly service: {
    readonly valueBound: number
    readonly valuePrices: PlanPrices
    readonly jobsBound: number
    readonly jobsPrices: PlanPrices
  }
}

/** Gap above which a bound says little about the plan. */
export const WEAK_ABOVE = 0.05

/** Distance to the bound as a share of the cost, 0 to 1; of the larger of both where energy is paid for being used. 1 where nothing is proved. */
export function gapOf(cost: number, bound: number): number {
  if (!Number.isFinite(bound)) return 1
  const whole = Math.max(Math.abs(cost), Math.abs(bound))
  return whole === 0 ? 0 : Math.min(1, Math.max(0, (cost - bound) / whole))
}
