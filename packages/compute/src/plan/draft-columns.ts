import type { PriceSums } from './prices.ts'
import type { Problem } from './problem.ts'
import { columnPrice, type Usage } from './usage.ts'

/** The most promising columns of every job, laid out for speed: those of job `j` are `first[j] .. first[j + 1]`, the best first. */
export interface DraftColumns {
  readonly first: Int32Array
  readonly way: Int32Array
  readonly start: Int32Array
  readonly slots: Int32Array
  /** Yuan without any price of scarce things. */
  readonly yuan: Float64Array
}

/** Columns of one job that are kept, at most. */
const KEPT = 150

/** How many columns all jobs have together. */
export function countColumns({ jobs, firstWay, waySlots, release, deadline }: Problem): number {
  let count = 0
  for (let j = 0; j < jobs; j += 1)
    for (let way = firstWay[j]!; way < firstWay[j + 1]!; way += 1)
      count += deadline[j]! - release[j]! - waySlots[way]! + 1
  return count
}

/** `prices` rank the columns of each job; `plain` (no price of scarce things) says what they cost. */
export function draftColumns(problem: Problem, prices: PriceSums, plain: Usage['energySums']): DraftColumns {
  const first = new Int32Array(problem.jobs + 1)
  const kept: Ranked[] = []
  for (let j = 0; j < problem.jobs; j += 1) {
    kept.push(...rankedColumns(problem, prices, j).slice(0, KEPT))
    first[j + 1] = kept.length
  }
  return {
    first,
    way: Int32Array.from(kept, ({ way }) => way),
    start: Int32Array.from(kept, ({ start }) => start),
    slots: Int32Array.from(kept, ({ way }) => problem.waySlots[way]!),
    yuan: Float64Array.from(kept, (column) => columnPrice(problem, plain, column)),
  }
}

interface Ranked {
  readonly j: number
  readonly way: number
  readonly start: number
  readonly price: number
}

function rankedColumns(problem: Problem, prices: PriceSums, j: number): Ranked[] {
  const columns: Ranked[] = []
  for (let way = problem.firstWay[j]!; way < problem.firstWay[j + 1]!; way += 1) {
    const last = problem.deadline[j]! - problem.waySlots[way]!
    for (let start = problem.release[j]!; start <= last; start += 1)
      columns.push({ j, way, start, price: columnPrice(problem, prices, { j, way, start }) })
  }
  return columns.sort((a, b) => a.price - b.price)
}
