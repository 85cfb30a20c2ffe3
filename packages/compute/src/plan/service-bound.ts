import type { Goal } from './best-column.ts'
import { type Bound, raiseBound } from './dual-ascent.ts'
import { scaled } from './guides.ts'
import { type Prices, zeroPrices } from './prices.ts'
import type { Problem } from './problem.ts'
import { relax } from './relaxation.ts'

export interface ServiceBounds {
  /** Value that no plan can serve, yuan. */
  readonly value: Bound
  /** Jobs that no plan can serve. */
  readonly jobs: Bound
}

export interface ServiceBoundOptions {
  readonly iterations: number
  /** Value and number that a plan at hand leaves out. */
  readonly left: { readonly yuan: number; readonly jobs: number }
  /** Prices for all costs, near which those for service lie. */
  readonly from: Prices
}

/** Shares of the value prices from which the prices for counting are raised: a large job weighs no more than a small one. */
const SHARES = Array.from({ length: 24 }, (_, k) => 0.5 / 1.4 ** k)
/** The least number of jobs is taken to lie at most so far above the first bound; only steers the steps. */
const REACH = 2

/** What nobody can serve, by value and by number. Nothing is to be proved where the plan serves all. */
export function serviceBounds(problem: Problem, { iterations, left, from }: ServiceBoundOptions): ServiceBounds {
  const nothing: Bound = { prices: zeroPrices(problem), value: 0 }
  if (left.jobs === 0) return { value: nothing, jobs: nothing }
  const value = valueBound(problem, { iterations, yuan: left.yuan, from })
  const jobs = countBound(problem, value.prices, { iterations, jobs: left.jobs })
  return { value: value.value > 0 ? value : nothing, jobs: jobs.value > 0 ? jobs : nothing }
}

/** Whether prices prove that some job must stay out. */
export function mustLeaveOut(problem: Problem, prices: Prices): boolean {
  return relax(problem, uncharged(problem, prices), valueGoal(problem)).bound > 0
}

/** The value that no plan can serve; `yuan` is what some plan leaves out, and steers the steps. */
export function valueBound(
  problem: Problem,
  { iterations, yuan, from }: { readonly iterations: number; readonly yuan: number; readonly from: Prices },
): Bound {
  const goal = valueGoal(problem)
  return raiseBound(problem, { goal, iterations, upper: yuan, from: uncharged(problem, from), near: true })
}

/** What is left out counts by its value, and nothing else does. */
export function valueGoal({ unservedYuan }: Problem): Goal {
  return { running: 0, leaveOut: unservedYuan }
}

/** Where only service counts, no charge is due that demand prices could share. */
function uncharged(problem: Problem, prices: Prices): Prices {
  return { ...prices, demand: zeroPrices(problem).demand }
}

function countBound(
  problem: Problem,
  prices: Prices,
  { iterations, jobs }: { readonly iterations: number; readonly jobs: number },
): Bound {
  const goal = { running: 0, leaveOut: new Float64Array(problem.jobs).fill(1) } as const
  const first = SHARES.map((share): Bound => {
    const from = scaled(prices, share / meanYuan(problem))
    return { prices: from, value: relax(problem, from, goal).bound }
  }).reduce((best, each) => (each.value > best.value ? each : best))
  const upper = Math.min(jobs, REACH * Math.max(1, first.value))
  return raiseBound(problem, { goal, iterations, upper, from: first.prices, near: true })
}

/** What leaving out a mean job costs, never zero. */
function meanYuan({ unservedYuan, jobs }: Problem): number {
  return unservedYuan.reduce((sum, yuan) => sum + yuan, 0) / Math.max(1, jobs) || 1
}
