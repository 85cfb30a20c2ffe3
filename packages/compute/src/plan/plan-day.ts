import { type Progress, silent } from '@dengta/kernel'
import { seededRandom } from '@dengta/statistics'
import { type Snapshot, snapshotDigest } from '../model/snapshot.ts'
import type { Goal } from './best-column.ts'
import { type Bound, raiseBound } from './dual-ascent.ts'
import { guidesOf, insertAll, wishesOf } from './guides.ts'
import { namePrices } from './name-prices.ts'
import { nameTerms } from './name-terms.ts'
import type { Plan } from './plan.ts'
import { sumPrices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { repair } from './repair.ts'
import { serviceBounds } from './service-bound.ts'
import { emptyPlan, type Usage, yuanOf } from './usage.ts'

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

/** Plans a day: prices first, then a plan guided by them, then the bound again with that plan in hand. Pure but for `progress`. */
export function planDay(snapshot: Snapshot, effort: Effort, progress: Progress = silent): Plan {
  const at = (step: keyof typeof STEPS, done: number): void => progress({ label: STEPS[step], done, total: 1 })
  at('prices', 0)
  const problem = problemOf(snapshot)
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const nothing = zeroPrices(problem)
  const usage = emptyPlan(problem)
  insertAll(usage, sumPrices(problem, nothing, 1))
  const early = raiseBound(problem, { goal, iterations: effort.ascents >> 1, upper: yuanOf(usage), from: nothing })
  const better = improve(problem, early, effort, (done) => {
    at('search', SEARCH_FROM + (SEARCH_PART * done) / effort.rounds)
  })
  at('bound', SEARCH_FROM + SEARCH_PART)
  const iterations = effort.ascents - (effort.ascents >> 1)
  const near = better.way.includes(-1)
  const bound = raiseBound(problem, { goal, iterations, upper: yuanOf(better), from: early.prices, near })
  at('service', 0.9)
  return planOf(better, bound, effort)
}

function improve(
  problem: Problem,
  { prices }: Bound,
  { seed, rounds }: Effort,
  onRounds: (done: number) => void,
): Usage {
  const guides = guidesOf(problem, prices)
  const usage = emptyPlan(problem)
  insertAll(usage, guides[0]!)
  const jobs = Int32Array.from({ length: problem.jobs }, (_, j) => j)
  const wishes = wishesOf(problem, guides[0]!, jobs)
  repair(usage, { random: seededRandom(seed), rounds, jobs, wishes, guides, onRounds })
  return usage
}

function planOf(usage: Usage, bound: Bound, { ascents: iterations }: Effort): Plan {
  const { problem } = usage
  const { placements, unserved, terms } = nameTerms(usage)
  const left = { yuan: terms.unserved, jobs: unserved.length }
  const { value, jobs } = serviceBounds(problem, { iterations, left, from: bound.prices })
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
