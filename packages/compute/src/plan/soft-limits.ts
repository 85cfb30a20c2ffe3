import type { Prices } from './prices.ts'
import type { Problem } from './problem.ts'

/**
 * Limits that may be overrun for a fine. One row for each chip limit (pool, slot), then each power limit (node, slot), then each
 * quota. `fine` is yuan for one chip, kW or chip-hour above the limit.
 */
export interface SoftLimits {
  readonly problem: Problem
  /** What is left; below zero where the limit is overrun. */
  readonly free: Float64Array
  readonly fine: Float64Array
  /** The price of each limit, or a share of the mean price where that is more. */
  readonly base: Float64Array
  /** Grows while a limit stays overrun, at least 1. */
  readonly factor: Float64Array
  /** One bit for each slot of the pools, then of the nodes, set where the limit is overrun; `words` of 32 slots a row. */
  readonly over: Int32Array
  readonly words: number
}

/** Slack for sums of floating-point powers, kW. */
const TOLERANCE = 1e-6
/** The least fine, as a share of the mean price above zero. */
const LEAST_FINE = 0.3
/** How the fine of a limit grows while it is overrun, and falls while it is not. */
const FACTOR = { up: 1.02, down: 0.99 } as const

export function softLimits(problem: Problem, prices: Prices): SoftLimits {
  const free = joined([problem.chipLimit, problem.limitKw, problem.quotaHours])
  const base = joined([atLeast(prices.chips), atLeast(prices.power), atLeast(prices.quota)])
  const words = (problem.slots + 31) >> 5
  const over = new Int32Array((problem.pools + problem.nodes) * words)
  return { problem, free, fine: base.slice(), base, factor: new Float64Array(base.length).fill(1), over, words }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function atLeast(prices: Float64Array): Float64Array {
  const priced = prices.filter((price) => price > 0)
  const mean = priced.length === 0 ? 1 : priced.reduce((sum, price) => sum + price, 0) / priced.length
  return prices.map((price) => Math.max(price, LEAST_FINE * mean))
}

/** Sets the fines anew: `strength` times the base, and more where a limit has long been overrun. */
export function raiseFines({ free, fine, base, factor }: SoftLimits, strength: number): void {
  for (let i = 0; i < fine.length; i += 1) {
    factor[i] = free[i]! < -TOLERANCE ? factor[i]! * FACTOR.up : Math.max(1, factor[i]! * FACTOR.down)
    fine[i] = base[i]! * strength * factor[i]!
  }
}

/** Job `j` in way `way` from slot `start` on. */
export interface Stay {
  j: number
  way: number
  start: number
}

/** Takes what the stay uses (`sign` 1), or gives it back (-1). */
export function use(limits: SoftLimits, { j, way, start }: Stay, sign: 1 | -1): void {
  if (way < 0) return
  const { problem, free } = limits
  const { slots, pue, pools } = problem
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const end = start + problem.waySlots[way]!
  const chips = problem.wayChips[way]! * sign
  const kw = problem.wayKw[way]! * sign
  for (let t = start; t < end; t += 1) take(limits, pool, t, chips)
  const chain = problem.chains[site]!
  for (let i = 0; i < chain.length; i += 1)
    for (let t = start; t < end; t += 1) take(limits, pools + chain[i]!, t, kw * pue[site * slots + t]!)
  const quota = problem.quotaOf[j]!
  if (quota >= 0) free[quotaRow(problem) + quota]! -= problem.wayHours[way]! * sign
}

/** Takes `amount` from a pool or node (`row`) in one slot, and notes whether that overruns it. */
function take({ problem, free, over, words }: SoftLimits, row: number, t: number, amount: number): void {
  const at = row * problem.slots + t
  const word = row * words + (t >> 5)
  free[at]! -= amount
  if (free[at]! < -TOLERANCE) over[word]! |= 1 << (t & 31)
  else over[word]! &= ~(1 << (t & 31))
}

/** Whether a pool or node (`row`) is overrun in any slot from `start` to before `end`. */
function isOver({ over, words }: SoftLimits, row: number, start: number, end: number): boolean {
  const first = start >> 5
  const last = (end - 1) >> 5
  for (let word = first; word <= last; word += 1) {
    let bits = over[row * words + word]!
    if (word === first) bits &= -1 << (start & 31)
    if (word === last) bits &= -1 >>> (31 - ((end - 1) & 31))
    if (bits !== 0) return true
  }
  return false
}

/**
 * Fines that are due once the stay is added (`sign` 1), or that fall away once it is taken out (-1). Never below zero; only a part
 * of them where that part is above `most`.
 */
export function fineFor(limits: SoftLimits, { j, way, start }: Stay, sign: 1 | -1, most = Infinity): number {
  if (way < 0) return 0
  const { problem } = limits
  const { slots, pue, pools } = problem
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const end = start + problem.waySlots[way]!
  const chips = problem.wayChips[way]!
  const kw = problem.wayKw[way]!
  let yuan = 0
  if (sign > 0 || isOver(limits, pool, start, end))
    for (let at = pool * slots + start, last = pool * slots + end; at < last && yuan <= most; at += 1)
      yuan += fineAt(limits, at, chips, sign)
  const chain = problem.chains[site]!
  for (let i = 0; i < chain.length; i += 1) {
    if (sign < 0 && !isOver(limits, pools + chain[i]!, start, end)) continue
    const row = (pools + chain[i]!) * slots
    for (let t = start; t < end && yuan <= most; t += 1)
      yuan += fineAt(limits, row + t, kw * pue[site * slots + t]!, sign)
  }
  const quota = problem.quotaOf[j]!
  return quota < 0 ? yuan : yuan + fineAt(limits, quotaRow(problem) + quota, problem.wayHours[way]!, sign)
}

/** Whether no limit holds two stays of one job: other sites without feeders, or other times, and no quota. */
export function areApart({ problem }: SoftLimits, one: Stay, other: Stay): boolean {
  if (one.way < 0 || other.way < 0) return true
  const { poolSite, wayPool, waySlots, nodes, sites } = problem
  if (problem.quotaOf[one.j]! >= 0) return false
  const otherSite = poolSite[wayPool[one.way]!] !== poolSite[wayPool[other.way]!]
  const otherTime = one.start + waySlots[one.way]! <= other.start || other.start + waySlots[other.way]! <= one.start
  return otherTime || (otherSite && nodes === sites)
}

function fineAt({ free, fine }: SoftLimits, row: number, amount: number, sign: 1 | -1): number {
  const now = free[row]!
  const less = sign > 0 ? now - amount : now
  if (less >= -TOLERANCE) return 0
  const more = sign > 0 ? now : now + amount
  return fine[row]! * (Math.min(more, 0) - less)
}

const quotaRow = ({ pools, nodes, slots }: Problem): number => (pools + nodes) * slots
