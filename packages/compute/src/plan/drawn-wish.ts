import type { Random } from '@dengta/statistics'
import type { Column } from './best-column.ts'
import type { PriceSums } from './prices.ts'
import { columnPrice, type Usage } from './usage.ts'

/** Columns among which a wish is chosen. */
const DRAWS = 6

/** The cheapest of a few columns drawn at random: clears other places than the first wish. */
export function drawnWish({ problem }: Usage, prices: PriceSums, random: Random, j: number): Column {
  const first = problem.firstWay[j]!
  const ways = problem.firstWay[j + 1]! - first
  let best: Column = { way: -1, start: 0, yuan: Number.POSITIVE_INFINITY }
  for (let i = 0; i < DRAWS && ways > 0; i += 1) {
    const way = first + (random() % ways)
    const starts = problem.deadline[j]! - problem.waySlots[way]! - problem.release[j]! + 1
    const start = problem.release[j]! + (random() % starts)
    const yuan = columnPrice(problem, prices, { j, way, start })
    if (yuan < best.yuan) best = { way, start, yuan }
  }
  return best
}
