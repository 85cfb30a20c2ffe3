import { bestColumn, type Goal } from './best-column.ts'
import { type Prices, sumPrices } from './prices.ts'
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
  const sums = sumPrices(problem, prices, goal.running)
  const usage = emptyUsage(problem)
  let bound = -limitsYuan(problem, prices)
  for (let j = 0; j < problem.jobs; j += 1) {
    const column = bestColumn(problem, sums, goal, j)
    bound += column.yuan
    if (column.way >= 0) use(problem, usage, { j, way: column.way, start: column.start })
  }
  return { bound, usage: usageByRow(problem, usage) }
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

function emptyUsage({ kindPool, sites, slots, quotaHours }: Problem): Changes {
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

function usageByRow(problem: Problem, changes: Changes): Prices {
  const { sites, nodes, slots, pue } = problem
  const power = new Float64Array(nodes * slots)
  for (let s = 0; s < sites; s += 1) {
    let sum = 0
    for (let t = 0; t < slots; t += 1) {
      sum += changes.kw[s * (slots + 1) + t]!
      for (const node of problem.chains[s]!) power[node * slots + t]! += sum * pue[s * slots + t]!
    }
  }
  const demand = power.slice(0, sites * slots)
  return { ...heldByRow(problem, changes.held), power, quota: changes.quota, demand }
}

function heldByRow(problem: Problem, held: Float64Array): Pick<Prices, 'chips' | 'gangs'> {
  const { slots, kindPool, kindChips, firstShare, shareRow, share } = problem
  const chips = new Float64Array(problem.chipLimit.length)
  const gangs = new Float64Array(problem.gangLimit.length)
  for (let kind = 0; kind < kindPool.length; kind += 1) {
    let ways = 0
    for (let t = 0; t < slots; t += 1) {
      ways += held[kind * (slots + 1) + t]!
      chips[kindPool[kind]! * slots + t]! += ways * kindChips[kind]!
      for (let i = firstShare[kind]!; i < firstShare[kind + 1]!; i += 1)
        gangs[shareRow[i]! * slots + t]! += ways * share[i]!
    }
  }
  return { chips, gangs }
}
