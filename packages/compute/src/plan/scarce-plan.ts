import type { OpenLinearModel } from '../linear/linear-model.ts'
import { dive } from './dive.ts'
import type { Bound } from './dual-ascent.ts'
import { insertAll, insertedPlan } from './guides.ts'
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
/** Days of more jobs have programs that take too long; with less than normal effort a day is planned in a moment. */
const DIVE = { mostJobs: 1500, leastRoundsAJob: 200 } as const

/** After a dive or a search over soft limits this share of the rounds is repair, at this heat (a share of what a mean job is worth). */
const LAST = { share: 0.5, heat: 0.06 } as const
/** So many moves over soft limits stand for each of the other rounds. */
const MOVES_A_ROUND = 240

export interface ScarceOptions extends RepairOptions {
  /** A solver of linear programs, where one was loaded. */
  readonly open?: OpenLinearModel | undefined
}

export interface ScarceBounds {
  /** Of all costs. */
  readonly cost: Bound
  /** Of the value that stays out. */
  readonly value: Bound
}

/** A plan, and the best prices of service where they came to light. */
export interface ScarcePlan {
  readonly usage: Usage
  readonly prices?: Prices | undefined
}

/** The plan of a day that cannot be served whole: the cheaper of a search and, where it can be had, a dive, which knows service alone. */
export function scarcePlan(problem: Problem, bounds: ScarceBounds, options: ScarceOptions): ScarcePlan {
  const dived = divedPlan(problem, bounds.value, options)
  const usage = searchedPlan(problem, bounds, dived ? { ...options, onRounds: undefined } : options)
  return dived && yuanOf(dived.usage) < yuanOf(usage) ? dived : { usage, prices: dived?.prices }
}

function searchedPlan(problem: Problem, { cost, value }: ScarceBounds, options: ScarceOptions): Usage {
  const usage = insertedPlan(problem, options.guides[0]!)
  const all = problem.jobs * meanUnservedYuan(problem)
  const pricesTell = yuanOf(usage) - cost.value <= SOFT.mostAbove * all
  if (problem.jobs >= SOFT.leastJobs && pricesTell) return softPlan(usage, cost.prices, options)
  repair(usage, { ...options, heat: (HEAT * value.value) / problem.jobs, forced: FORCED })
  return usage
}

/** Gangs where a linear program of service has them, all others by the prices, then repair; nothing where no program is solved. */
function divedPlan(problem: Problem, value: Bound, options: ScarceOptions): ScarcePlan | undefined {
  const { open, guides, rounds, onRounds } = options
  const { mostJobs, leastRoundsAJob } = DIVE
  if (!open || problem.jobs > mostJobs || rounds < leastRoundsAJob * problem.jobs) return undefined
  const left = Math.ceil(LAST.share * rounds)
  const onStep = (share: number): void => onRounds?.(share * (rounds - left))
  const dived = dive(problem, { open, near: value.prices, onStep })
  if (!dived) return undefined
  insertAll(dived.usage, guides[0]!)
  lastRepair(dived.usage, options, left)
  return dived
}

/** First which jobs, by a search over soft limits, then repair; from the greedy plan where that is better. */
function softPlan(greedy: Usage, prices: Prices, options: ScarceOptions): Usage {
  const { problem } = greedy
  const { random, guides, rounds, onRounds } = options
  const left = Math.ceil(LAST.share * rounds)
  const moves = MOVES_A_ROUND * (rounds - left)
  const onMoves = (done: number): void => onRounds?.(done / MOVES_A_ROUND)
  const soft = softSearch(problem, { random, moves, prices, guide: guides[0]!, onMoves })
  const usage = yuanOf(soft) < yuanOf(greedy) ? soft : greedy
  lastRepair(usage, options, left)
  return usage
}

function lastRepair(usage: Usage, options: ScarceOptions, left: number): void {
  const { rounds, onRounds: tell } = options
  const onRounds = (done: number): void => tell?.(rounds - left + done)
  const heat = LAST.heat * meanUnservedYuan(usage.problem)
  repair(usage, { ...options, rounds: left, heat, forced: FORCED, onRounds })
}
