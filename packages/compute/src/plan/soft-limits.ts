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
  return { problem, free, fine: base.slice(), base, factor: new Float64Array(base.length).fill(1) }
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
export function use({ problem, free }: SoftLimits, { j, way, start }: Stay, sign: 1 | -1): void {
  if (way < 0) return
  const { slots, pue, pools } = problem
  const pool = problem.wayPool[way]!
  const site = problem.poolSite[pool]!
  const end = start + problem.waySlots[way]!
  const chips = problem.wayChips[way]! * sign
  const kw = problem.wayKw[way]! * sign
  for (let at = pool * slots + start, last = pool * slots + end; at < last; at += 1) free[at]! -= chips
  const chain = problem.chains[site]!
  for (let i = 0; i < chain.length; i += 1) {
    const row = (pools + chain[i]!) * slots
    for (let t = start; t < end; t += 1) free[row + t]! -= kw * pue[site * slots + t]!
  }
  const quota = problem.quotaOf[j]!
  if (quota >= 0) free[quotaRow(problem) + quota]! -= problem.wayHours[way]! * sign
}

/**
 * Fines that are due once the stay is added (`sign` 1), or that fall away once it is taken out (-1). Never below zero; where the
 * chips alone cost more than `most`, those alone.
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
  for (let at = pool * slots + start, last = pool * slots + end; at < last; at += 1)
    yuan += fineAt(limits, at, chips, sign)
  if (yuan > most) return yuan
  const chain = problem.chains[site]!
  for (let i = 0; i < chain.length; i += 1) {
    const row = (pools + chain[i]!) * slots
    for (let t = start; t < end; t += 1) yuan += fineAt(limits, row + t, kw * pue[site * slots + t]!, sign)
  }
  const quota = problem.quotaOf[j]!
  return quota < 0 ? yuan : yuan + fineAt(limits, quotaRow(problem) + quota, problem.wayHours[way]!, sign)
}

function fineAt({ free, fine }: SoftLimits, row: number, amount: number, sign: 1 | -1): number {
  const now = free[row]!
  const less = sign > 0 ? now - amount : now
  if (less >= -TOLERANCE) return 0
  const more = sign > 0 ? now : now + amount
  return fine[row]! * (Math.min(more, 0) - less)
}

const quotaRow = ({ pools, nodes, slots }: Problem): number => (pools + nodes) * slots
