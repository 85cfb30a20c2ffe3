import type { Bound } from './dual-ascent.ts'
import { insertedPlan } from './guides.ts'
import { meanUnservedYuan } from './near-columns.ts'
import type { Prices } from './prices.ts'
import type { Problem } from './problem.ts'
import { type RepairOptions, repair } from './repair.ts'
import { softSearch } from './soft-search.ts'
import { type Usage, yuanOf } from './usage.ts'

/** Share of the rounds of repair that force an unserved job in. */
const FORCED = 0.5

/** The repair first accepts losses of so many times what a mean job must lose. */
const HEAT = 5

/**
 * Days of at least so many jobs whose greedy plan costs at most this share of all value above the bound: there prices tell which
 * columns are worth trying. Of fewer jobs, a few large ones decide, and repair alone found better plans.
 */
const SOFT = { leastJobs: 750, mostAbove: 0.12 } as const
/** This share of the rounds is repair, at this heat; so many moves over soft limits stand for each of the others. */
const AFTER_SOFT = { movesARound: 240, repair: 0.5, heat: 0.06 } as const

export interface ScarceBounds {
  /** Of all costs. */
  readonly cost: Bound
  /** Of the value that stays out. */
  readonly value: Bound
}

/** The plan of a day that cannot be served whole. */
export function scarcePlan(problem: Problem, { cost, value }: ScarceBounds, options: RepairOptions): Usage {
  const usage = insertedPlan(problem, options.guides[0]!)
  const all = problem.jobs * meanUnservedYuan(problem)
  const pricesTell = yuanOf(usage) - cost.value <= SOFT.mostAbove * all
  if (problem.jobs >= SOFT.leastJobs && pricesTell) return softPlan(usage, cost.prices, options)
  repair(usage, { ...options, heat: (HEAT * value.value) / problem.jobs, forced: FORCED })
  return usage
}

/** First which jobs, by a search over soft limits, then repair; from the greedy plan where that is better. */
function softPlan(greedy: Usage, prices: Prices, options: RepairOptions): Usage {
  const { problem } = greedy
  const { random, guides, rounds, onRounds } = options
  const { movesARound, repair: share, heat } = AFTER_SOFT
  const left = Math.ceil(share * rounds)
  const moves = movesARound * (rounds - left)
  const onMoves = (done: number): void => onRounds?.(done / movesARound)
  const soft = softSearch(problem, { random, moves, prices, guide: guides[0]!, onMoves })
  const usage = yuanOf(soft) < yuanOf(greedy) ? soft : greedy
  const onLast = (done: number): void => onRounds?.(rounds - left + done)
  repair(usage, { ...options, rounds: left, heat: heat * meanUnservedYuan(problem), forced: FORCED, onRounds: onLast })
  return usage
}
