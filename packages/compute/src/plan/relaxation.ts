import { bestColumn, type Goal } from './best-column.ts'
import { type Prices, sumPrices, zeroPrices } from './prices.ts'
import type { Problem } from './problem.ts'

/** What all jobs would use if each took its cheapest column alone, and the lower bound that this proves. */
export interface Relaxed {
  readonly bound: number
  readonly usage: Prices
}

/**
 * The Lagrangian bound: every job by itself, minus what the limits are worth at these prices. Valid for any prices of
 * zero or more whose demand part sums to at most the demand charge of each site.
 */
export function relax(problem: Problem, prices: Prices, goal: Goal): Relaxed {
  return relaxerOf(problem, goal)(prices)
}

/** `relax` for many prices one after the other: what it returns is overwritten by the next call. */
export function relaxerOf(problem: Problem, goal: Goal): (prices: Prices) => Relaxed {
  const loads = new Float64Array(problem.loadKind.length * (problem.slots + 1))
  const changes = noChanges(problem)
  const usage = zeroPrices(problem)
  return (prices) => {
    const sums = sumPrices(problem, prices, goal.running, loads)
    let bound = -limitsYuan(problem, prices)
    for (const each of [changes.held, changes.kw, changes.quota]) each.fill(0)
    for (let j = 0; j < problem.jobs; j += 1) {
      const column = bestColumn(problem, sums, goal, j)
      bound += column.yuan
      if (column.way >= 0) use(problem, changes, { j, way: column.way, start: column.start })
    }
    sumUsage(problem, changes, usage)
    return { bound, usage }
  }
}

/** What all limits together are worth. */
function limitsYuan(problem: Problem, prices: Prices): number {
  const { slots, snapshot } = problem
  let yuan = dot(prices.chips, problem.chipLimit) + dot(prices.gangs, problem.gangLimit)
  yuan += dot(prices.power, problem.limitKw)
  yuan += dot(prices.quota, problem.quotaHours)
  for (const [row, price] of prices.demand.entries())
    if (price > 0) yuan += price * snapshot.sites[(row / slots) | 0]!.billedPeakKw
  return yuan
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!
  return sum
}

/** Changes at the borders of slots; summed up at the end, so that a job costs four writes however long it runs. */
interface Changes {
  /** Ways of each kind. */
  readonly held: Float64Array
  readonly kw: Float64Array
  readonly quota: Float64Array
}

function noChanges({ kindPool, sites, slots, quotaHours }: Problem): Changes {
  return {
    held: new Float64Array(kindPool.length * (slots + 1)),
    kw: new Float64Array(sites * (slots + 1)),
    quota: new Float64Array(quotaHours.length),
  }
}

function use(
  problem: Problem,
  usage: Changes,
  { j, way, start }: { readonly j: number; readonly way: number; readonly start: number },
): void {
  const pool = problem.wayPool[way]!
  const heldAt = problem.wayKind[way]! * (problem.slots + 1) + start
  const kwAt = problem.poolSite[pool]! * (problem.slots + 1) + start
  const slots = problem.waySlots[way]!
  usage.held[heldAt]! += 1
  usage.held[heldAt + slots]! -= 1
  usage.kw[kwAt]! += problem.wayKw[way]!
  usage.kw[kwAt + slots]! -= problem.wayKw[way]!
  const quota = problem.quotaOf[j]!
  if (quota >= 0) usage.quota[quota]! += problem.wayHours[way]!
}

function sumUsage(problem: Problem, changes: Changes, usage: Prices): void {
  usage.quota.set(changes.quota)
  sumHeld(problem, changes.held, usage)
  sumPower(problem, changes.kw, usage.power)
  usage.demand.set(usage.power.subarray(0, usage.demand.length))
}

function sumPower({ sites, slots, chains, pue }: Problem, kw: Float64Array, power: Float64Array): void {
  power.fill(0)
  for (let s = 0; s < sites; s += 1) {
    const chain = chains[s]!
    let sum = 0
    for (let t = 0; t < slots; t += 1) {
      sum += kw[s * (slots + 1) + t]!
      for (let i = 0; i < chain.length; i += 1) power[chain[i]! * slots + t]! += sum * pue[s * slots + t]!
    }
  }
}

function sumHeld(problem: Problem, held: Float64Array, { chips, gangs }: Prices): void {
  const { slots, kindPool, kindChips, firstShare, shareRow, share } = problem
  chips.fill(0)
  gangs.fill(0)
  for (let kind = 0; kind < kindPool.length; kind += 1) {
    let ways = 0
    for (let t = 0; t < slots; t += 1) {
      ways += held[kind * (slots + 1) + t]!
      chips[kindPool[kind]! * slots + t]! += ways * kindChips[kind]!
      for (let i = firstShare[kind]!; i < firstShare[kind + 1]!; i += 1)
        gangs[shareRow[i]! * slots + t]! += ways * share[i]!
    }
  }
}
