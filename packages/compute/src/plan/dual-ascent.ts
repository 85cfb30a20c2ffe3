import type { Goal } from './best-column.ts'
import { copyPrices, PRICE_KINDS, type Prices } from './prices.ts'
import type { Problem } from './problem.ts'
import { relax } from './relaxation.ts'

export interface Bound {
  readonly prices: Prices
  /** Lower bound in yuan (or in the unit of `goal.leaveOut`). */
  readonly value: number
}

export interface AscentOptions {
  readonly goal: Goal
  readonly iterations: number
  /** Cost of a plan known to be possible: how far the bound could still rise. */
  readonly upper: number
  readonly from: Prices
  /** True where `from` is near the best prices: the average settles from the first step. Pays where jobs are left out. */
  readonly near?: boolean
  /** True where rows of whole gangs keep the prices they have: fewer prices settle sooner, and guide a search better. */
  readonly gangsKept?: boolean
}

/** How the step grows and shrinks. */
const GROW = 1.15
const SHRINK = 0.66
const PATIENCE = 12

/** Weight of the newest usage in the running average: at first, at least, and how it falls while the bound hardly rises. */
const FRESH = { first: 0.1, least: 0.002, fall: 0.6, every: 50, from: 400, rise: 1e-3 } as const
/** Failures before the step shrinks once the average settles. */
const SETTLED_PATIENCE = 30

/**
 * The volume algorithm (Barahona and Anbil, Math. Program. 87, 2000): steps along the running average of how far each limit is
 * overrun, from the best prices seen. Rows are scaled by their limits, so that chips and kW weigh alike.
 */
export function raiseBound(problem: Problem, options: AscentOptions): Bound {
  const limits = limitsOf(problem, options.gangsKept ?? false)
  const first = relax(problem, options.from, options.goal)
  let best: Bound = { prices: options.from, value: first.bound }
  const average = copyPrices(first.usage)
  let factor = 0.5
  let failures = 0
  let fresh: number = FRESH.first
  let mark = best.value
  const settled = options.near ? 0 : FRESH.from
  for (let i = 0; i < options.iterations; i += 1) {
    if (i >= settled && i % FRESH.every === 0) {
      const rises = best.value - mark > FRESH.rise * Math.abs(best.value)
      fresh = rises ? fresh : Math.max(FRESH.least, fresh * FRESH.fall)
      mark = best.value
    }
    const direction = directionOf(best.prices, average, limits)
    const norm = normOf(direction, limits)
    const room = Math.max(options.upper - best.value, 1e-4 * Math.abs(best.value))
    if (norm === 0) break
    const prices = moved(problem, best.prices, direction, {
      step: (factor * room) / norm,
      limits,
      running: options.goal.running,
    })
    const relaxed = relax(problem, prices, options.goal)
    blend(average, relaxed.usage, fresh)
    if (relaxed.bound > best.value) {
      best = { prices, value: relaxed.bound }
      factor = Math.min(2, factor * GROW)
      failures = 0
    } else {
      failures += 1
      if (failures % (i < settled ? PATIENCE : SETTLED_PATIENCE) === 0) factor *= SHRINK
    }
  }
  return best
}

/** Limits of every priced row; the demand rows have the peak already billed, and none where demand is not charged. */
function limitsOf(problem: Problem, gangsKept: boolean): Prices {
  const { slots, sites, snapshot } = problem
  const billed = snapshot.sites.map((site) => (site.demandYuanPerKw > 0 ? site.billedPeakKw : Number.POSITIVE_INFINITY))
  return {
    chips: problem.chipLimit,
    gangs: gangsKept ? problem.gangLimit.map(() => Number.POSITIVE_INFINITY) : problem.gangLimit,
    power: problem.limitKw,
    quota: problem.quotaHours,
    demand: Float64Array.from({ length: sites * slots }, (_, row) => billed[(row / slots) | 0]!),
  }
}

const scaleOf = (limit: number): number => 1 / Math.max(limit, 1)

function directionOf(prices: Prices, usage: Prices, limits: Prices): Prices {
  const direction = copyPrices(usage)
  for (const kind of PRICE_KINDS)
    for (let i = 0; i < direction[kind].length; i += 1) {
      const over = direction[kind][i]! - limits[kind][i]!
      direction[kind][i] = over > 0 || prices[kind][i]! > 0 ? over : 0
    }
  return direction
}

function normOf(direction: Prices, limits: Prices): number {
  let sum = 0
  for (const kind of PRICE_KINDS)
    for (let i = 0; i < direction[kind].length; i += 1) sum += (direction[kind][i]! * scaleOf(limits[kind][i]!)) ** 2
  return sum
}

function moved(
  problem: Problem,
  from: Prices,
  direction: Prices,
  { step, limits, running }: { readonly step: number; readonly limits: Prices; readonly running: 0 | 1 },
): Prices {
  const prices = copyPrices(from)
  for (const kind of PRICE_KINDS)
    for (let i = 0; i < prices[kind].length; i += 1) {
      const change = step * direction[kind][i]! * scaleOf(limits[kind][i]!) ** 2
      prices[kind][i] = Math.max(0, prices[kind][i]! + change)
    }
  capDemand(problem, prices.demand, running)
  return prices
}

/** The demand prices of a site may not sum to more than its demand charge (none where only service counts): else no bound. */
function capDemand({ snapshot, slots }: Problem, demand: Float64Array, running: 0 | 1): void {
  for (const [s, site] of snapshot.sites.entries()) {
    const own = demand.subarray(s * slots, (s + 1) * slots)
    const sum = own.reduce((total, price) => total + price, 0)
    const most = site.demandYuanPerKw * running
    const scale = sum > most ? most / sum : 1
    for (let t = 0; t < slots; t += 1) own[t]! *= scale
  }
}

function blend(average: Prices, newest: Prices, weight: number): void {
  for (const kind of PRICE_KINDS)
    for (let i = 0; i < average[kind].length; i += 1)
      average[kind][i]! += weight * (newest[kind][i]! - average[kind][i]!)
}
