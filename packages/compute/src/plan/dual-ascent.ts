import type { Goal } from './best-column.ts'
import { copyPrices, PRICE_KINDS, type Prices, zeroPrices } from './prices.ts'
import type { Problem } from './problem.ts'
import { relaxerOf } from './relaxation.ts'

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
  const rows = pricedRows(problem, options.gangsKept ?? false)
  const relaxAt = relaxerOf(problem, options.goal)
  const first = relaxAt(options.from)
  let best: Bound = { prices: copyPrices(options.from), value: first.bound }
  let prices = copyPrices(options.from)
  const average = copyPrices(first.usage)
  const direction = zeroPrices(problem)
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
    const norm = aim(rows, best.prices, average, direction)
    if (norm === 0) break
    const room = Math.max(options.upper - best.value, 1e-4 * Math.abs(best.value))
    move(rows, best.prices, direction, { step: (factor * room) / norm, to: prices })
    capDemand(problem, prices.demand, options.goal.running)
    const relaxed = relaxAt(prices)
    blend(rows, average, relaxed.usage, fresh)
    if (relaxed.bound > best.value) {
      const spare = best.prices
      best = { prices, value: relaxed.bound }
      prices = spare
      factor = Math.min(2, factor * GROW)
      failures = 0
    } else {
      failures += 1
      if (failures % (i < settled ? PATIENCE : SETTLED_PATIENCE) === 0) factor *= SHRINK
    }
  }
  return best
}

/** Rows of one kind whose prices may change: their limits, and how much each weighs in a step. */
interface PricedRows {
  readonly kind: (typeof PRICE_KINDS)[number]
  readonly limits: Float64Array
  /** One over the square of the limit, none where nothing limits. */
  readonly weights: Float64Array
}

/** The demand rows have the peak already billed as limit, and none where demand is not charged. */
function pricedRows(problem: Problem, gangsKept: boolean): PricedRows[] {
  const { slots, sites, snapshot } = problem
  const billed = snapshot.sites.map((site) => (site.demandYuanPerKw > 0 ? site.billedPeakKw : Number.POSITIVE_INFINITY))
  const limits: Prices = {
    chips: problem.chipLimit,
    gangs: gangsKept ? new Float64Array() : problem.gangLimit,
    power: problem.limitKw,
    quota: problem.quotaHours,
    demand: Float64Array.from({ length: sites * slots }, (_, row) => billed[(row / slots) | 0]!),
  }
  const weigh = (limit: number): number => Math.max(limit, 1) ** -2
  return PRICE_KINDS.map((kind) => ({ kind, limits: limits[kind], weights: limits[kind].map(weigh) })).filter(
    ({ weights }) => weights.some((weight) => weight > 0),
  )
}

/** Writes how far each limit is overrun on average, where its price can follow; returns the square of its weighted length. */
function aim(rows: readonly PricedRows[], prices: Prices, usage: Prices, direction: Prices): number {
  let norm = 0
  for (const { kind, limits, weights } of rows)
    norm += aimKind(prices[kind], usage[kind], direction[kind], { limits, weights })
  return norm
}

function aimKind(
  prices: Float64Array,
  usage: Float64Array,
  direction: Float64Array,
  { limits, weights }: Pick<PricedRows, 'limits' | 'weights'>,
): number {
  let norm = 0
  for (let i = 0; i < limits.length; i += 1) {
    const over = usage[i]! - limits[i]!
    const way = weights[i]! > 0 && (over > 0 || prices[i]! > 0) ? over : 0
    direction[i] = way
    norm += way * way * weights[i]!
  }
  return norm
}

function move(
  rows: readonly PricedRows[],
  from: Prices,
  direction: Prices,
  { step, to }: { readonly step: number; readonly to: Prices },
): void {
  for (const { kind, weights } of rows) {
    const old = from[kind]
    const moved = to[kind]
    const over = direction[kind]
    for (let i = 0; i < weights.length; i += 1) moved[i] = Math.max(0, old[i]! + step * over[i]! * weights[i]!)
  }
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

function blend(rows: readonly PricedRows[], average: Prices, newest: Prices, weight: number): void {
  for (const { kind } of rows) {
    const mean = average[kind]
    const latest = newest[kind]
    for (let i = 0; i < mean.length; i += 1) mean[i]! += weight * (latest[i]! - mean[i]!)
  }
}
