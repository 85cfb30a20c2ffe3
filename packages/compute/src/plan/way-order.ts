import { bestStart, type Column, type Goal } from './best-column.ts'
import type { PriceSums } from './prices.ts'
import type { Problem } from './problem.ts'

/** Ways of each job, cheapest first, and the least yuan that each costs in any slot; rows of job `j` are those of `firstWay`. */
interface WayOrder {
  readonly ways: Int32Array
  readonly least: Float64Array
}

/** Prices that guide an insertion. The order saves looking at ways that cannot be cheaper than the best found so far. */
export interface Guide extends PriceSums {
  readonly order: WayOrder
}

export function guideOf(problem: Problem, sums: PriceSums): Guide {
  const { jobs, firstWay, wayPool } = problem
  const ways = Int32Array.from(wayPool.keys())
  const costs = new Float64Array(ways.length)
  for (let j = 0; j < jobs; j += 1) {
    for (let way = firstWay[j]!; way < firstWay[j + 1]!; way += 1) costs[way] = leastOf(problem, sums, { j, way })
    ways.subarray(firstWay[j]!, firstWay[j + 1]!).sort((a, b) => costs[a]! - costs[b]! || a - b)
  }
  return { ...sums, order: { ways, least: Float64Array.from(ways, (way) => costs[way]!) } }
}

function leastOf(problem: Problem, sums: PriceSums, { j, way }: { readonly j: number; readonly way: number }): number {
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const best: Column = { way: -1, start: 0, yuan: Number.POSITIVE_INFINITY }
  bestStart(problem, sums, goal, { j, way, best })
  return best.yuan
}
