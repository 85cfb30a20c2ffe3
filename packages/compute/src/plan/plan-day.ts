import { type Progress, silent } from '@dengta/kernel'
import { seededRandom } from '@dengta/statistics'
import { type Snapshot, snapshotDigest } from '../model/snapshot.ts'
import type { Goal } from './best-column.ts'
import { type Bound, raiseBound } from './dual-ascent.ts'
import { guidesOf, insertedPlan, wishesOf } from './guides.ts'
import { namePrices } from './name-prices.ts'
import { nameTerms } from './name-terms.ts'
import { meanUnservedYuan } from './near-columns.ts'
import type { Plan } from './plan.ts'
import { type Prices, sumPrices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { type RepairOptions, repair } from './repair.ts'
import { serveAll } from './serve-all.ts'
import { mustLeaveOut, serviceBounds, valueBound } from './service-bound.ts'
import { softSearch } from './soft-search.ts'
import { type Usage, yuanOf } from './usage.ts'
import { guideOf } from './way-order.ts'

/** How much work a plan is worth. The same numbers and seed give the same plan on every machine. */
export interface Effort {
  readonly seed: number
  /** Steps of raising the bound; each looks at every column once. */
  readonly ascents: number
  /** Rounds of large-neighbourhood repair; each moves up to eleven jobs. */
  readonly rounds: number
}

const STEPS = {
  prices: { en: 'pricing chips and power', zh: '为芯片与电力定价' },
  search: { en: 'placing and moving jobs', zh: '安排并调整作业' },
  bound: { en: 'raising the bound', zh: '抬高下界' },
  service: { en: 'bounding what nobody can serve', zh: '界定无法服务的作业' },
} as const

/** Share of the way at which the search begins, and its part of the way. */
const SEARCH_FROM = 0.2
const SEARCH_PART = 0.5

/** Unserved jobs offered in each round whatever room falls free. */
const OFFERED = 6
/** Where jobs must stay out, a search over soft limits comes first: so many of its moves take the time of one round. */
const MOVES_A_ROUND = 150
/** There, this share of the rounds is left for repair, and this share of those forces an unserved job in. */
const REPAIR_AFTER = 0.15
const FORCED = 0.5
/** There, the repair first accepts losses of this share of what a mean job is worth. */
const HEAT_UNSERVED = 0.02

/** Plans a day: prices first, then a plan guided by them, then the bound again with that plan in hand. Pure but for `progress`. */
export function planDay(snapshot: Snapshot, effort: Effort, progress: Progress = silent): Plan {
  const at = (step: keyof typeof STEPS, done: number): void => progress({ label: STEPS[step], done, total: 1 })
  at('prices', 0)
  const problem = problemOf(snapshot)
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const early = firstPrices(problem, goal, effort)
  const better = improve(problem, early, effort, (done) => {
    at('search', SEARCH_FROM + (SEARCH_PART * done) / effort.rounds)
  })
  at('bound', SEARCH_FROM + SEARCH_PART)
  const iterations = effort.ascents - (effort.ascents >> 1)
  const { prices: from } = early.cost
  const bound = raiseBound(problem, { goal, iterations, upper: yuanOf(better), from, near: early.value !== undefined })
  at('service', 0.9)
  return planOf(better, bound, { iterations: effort.ascents, value: early.value })
}

interface FirstPrices {
  readonly cost: Bound
  /** Of a day that cannot be served whole: the bound on the value that stays out. */
  readonly value?: Bound
}

/** Prices before anything is placed. Where they prove that some jobs must stay out, service is priced first: it weighs most. */
function firstPrices(problem: Problem, goal: Goal, { ascents }: Effort): FirstPrices {
  const from = zeroPrices(problem)
  const usage = insertedPlan(problem, guideOf(problem, sumPrices(problem, from, 1)))
  const upper = yuanOf(usage)
  const cost = raiseBound(problem, { goal, iterations: ascents >> 1, upper, from, gangsKept: true })
  if (!mustLeaveOut(problem, cost.prices)) return { cost }
  const value = valueBound(problem, { iterations: ascents, yuan: upper, from: cost.prices })
  const dearer = raiseBound(problem, { goal, iterations: ascents >> 1, upper, from: value.prices, near: true })
  return { cost: dearer.value > cost.value ? dearer : cost, value }
}

function improve(
  problem: Problem,
  { cost: { prices }, value }: FirstPrices,
  { seed, rounds }: Effort,
  onRounds: (done: number) => void,
): Usage {
  const guides = guidesOf(problem, prices)
  const random = seededRandom(seed)
  const jobs = Int32Array.from({ length: problem.jobs }, (_, j) => j)
  const wishes = wishesOf(problem, guides[0]!, jobs)
  const search = { random, jobs, wishes, guides, offered: OFFERED }
  if (value) return improveScarce(problem, prices, { ...search, rounds, onRounds })
  const usage = serveAll(problem, guides[0]!)
  repair(usage, { ...search, rounds, onRounds })
  return usage
}

/** The plan of a day that cannot be served whole: which jobs, by a search over soft limits, then repair as on other days. */
function improveScarce(problem: Problem, prices: Prices, options: RepairOptions): Usage {
  const { random, guides, rounds, onRounds } = options
  const left = Math.ceil(REPAIR_AFTER * rounds)
  const moves = MOVES_A_ROUND * (rounds - left)
  const onMoves = (done: number): void => onRounds?.(done / MOVES_A_ROUND)
  const soft = softSearch(problem, { random, moves, prices, guide: guides[0]!, onMoves })
  const greedy = insertedPlan(problem, guides[0]!)
  const usage = yuanOf(soft) < yuanOf(greedy) ? soft : greedy
  const heat = HEAT_UNSERVED * meanUnservedYuan(problem)
  repair(usage, {
    ...options,
    rounds: left,
    heat,
    forced: FORCED,
    onRounds: (done) => onRounds?.(rounds - left + done),
  })
  return usage
}

interface Bounds {
  readonly iterations: number
  readonly value: Bound | undefined
}

function planOf(usage: Usage, bound: Bound, { iterations, value: early }: Bounds): Plan {
  const { problem } = usage
  const { placements, unserved, terms } = nameTerms(usage)
  const left = { yuan: terms.unserved, jobs: unserved.length }
  const { value, jobs } = serviceBounds(problem, { iterations, left, from: early?.prices ?? bound.prices })
  return {
    snapshot: snapshotDigest(problem.snapshot),
    placements,
    unserved,
    terms,
    bound: bound.value,
    prices: namePrices(problem, bound.prices),
    service: {
      valueBound: value.value,
      valuePrices: namePrices(problem, value.prices),
      jobsBound: jobs.value,
      jobsPrices: namePrices(problem, jobs.prices),
    },
  }
}
