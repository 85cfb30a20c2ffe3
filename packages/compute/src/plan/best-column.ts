import type { PriceSums } from './prices.ts'
import type { Problem } from './problem.ts'

/** The cheapest (way, start) of one job under prices; `way` is -1 where leaving it out is cheaper. */
export interface Column {
  way: number
  start: number
  yuan: number
}

/** How a column is priced: `running` scales delay and moves (1 counts them, 0 leaves them out), `leaveOut` is what not serving costs. */
export interface Goal {
  readonly running: 0 | 1
  readonly leaveOut: Float64Array
}

/** Looks at every column of job `j` once; constraints other than its own window are only felt through the prices. */
export function bestColumn(problem: Problem, sums: PriceSums, goal: Goal, j: number): Column {
  const best: Column = { way: -1, start: 0, yuan: goal.leaveOut[j]! }
  const end = problem.firstWay[j + 1]!
  for (let way = problem.firstWay[j]!; way < end; way += 1) bestStart(problem, sums, goal, { j, way, best })
  return best
}

interface Search {
  readonly j: number
  readonly way: number
  readonly best: Column
}

/** The cheapest start of one way, where it is cheaper than `best`. */
export function bestStart(problem: Problem, sums: PriceSums, goal: Goal, { j, way, best }: Search): void {
  const { loads } = sums
  const slots = problem.waySlots[way]!
  const row = problem.wayLoad[way]! * (problem.slots + 1)
  const delay = problem.delayYuan[j]! * goal.running
  const last = problem.deadline[j]! - slots
  const fixed = wayYuan(problem, sums, goal, { j, way })
  let yuan = best.yuan - fixed
  let start = -1
  for (let t = problem.release[j]!; t <= last; t += 1) {
    const cost = delay * t + (loads[row + t + slots]! - loads[row + t]!)
    if (cost < yuan) {
      yuan = cost
      start = t
    }
  }
  if (start < 0) return
  best.way = way
  best.start = start
  best.yuan = yuan + fixed
}

/** The part of a column's price that does not depend on its start. */
export function wayYuan(
  problem: Problem,
  sums: PriceSums,
  goal: Goal,
  { j, way }: { readonly j: number; readonly way: number },
): number {
  const quota = problem.quotaOf[j]!
  const hours = quota < 0 ? 0 : sums.quota[quota]! * problem.wayHours[way]!
  const late = problem.delayYuan[j]! * (problem.waySlots[way]! - problem.earliestEnd[j]!)
  return hours + goal.running * (problem.wayMoveYuan[way]! + late)
}
