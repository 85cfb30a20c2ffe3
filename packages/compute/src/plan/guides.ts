import { bestColumn, type Column, type Goal } from './best-column.ts'
import { insert } from './insertion.ts'
import { copyPrices, PRICE_KINDS, type PriceSums, type Prices, sumPrices } from './prices.ts'
import type { Problem } from './problem.ts'
import { emptyPlan, type Usage } from './usage.ts'
import { type Guide, guideOf } from './way-order.ts'

/** Shares of the prices that guide where a job is put back. */
const GUIDE_STRENGTHS = [1, 0.6, 0.2, 0] as const

/** Running sums of the prices at several strengths, the full one first. */
export function guidesOf(problem: Problem, prices: Prices): Guide[] {
  return GUIDE_STRENGTHS.map((strength) => guideOf(problem, sumPrices(problem, scaled(prices, strength), 1)))
}

export function scaled(prices: Prices, strength: number): Prices {
  const weaker = copyPrices(prices)
  for (const kind of PRICE_KINDS) for (let i = 0; i < weaker[kind].length; i += 1) weaker[kind][i]! *= strength
  return weaker
}

/** What each of the jobs would take if it were alone at these prices, by job. */
export function wishesOf(problem: Problem, sums: PriceSums, jobs: Int32Array): Column[] {
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const wishes: Column[] = []
  for (const j of jobs) wishes[j] = bestColumn(problem, sums, goal, j)
  return wishes
}

/** Puts every job that lies nowhere at its cheapest fit. Large jobs with little room to move go first. */
export function insertAll(usage: Usage, guide: Guide): void {
  const { problem } = usage
  const weight = Float64Array.from({ length: problem.jobs }, (_, j) => urgency(problem, j))
  const order = [...weight.keys()].sort((a, b) => weight[b]! - weight[a]! || a - b)
  for (const j of order) if (usage.way[j]! < 0) insert(usage, guide, j)
}

export function insertedPlan(problem: Problem, guide: Guide): Usage {
  const usage = emptyPlan(problem)
  insertAll(usage, guide)
  return usage
}

function urgency(problem: Problem, j: number): number {
  const window = problem.deadline[j]! - problem.release[j]!
  const shortest = problem.earliestEnd[j]! - problem.release[j]!
  return (problem.snapshot.jobs[j]!.chips * shortest) / (1 + window - shortest)
}
