import { type Progress, silent } from '@dengta/kernel'
import { seededRandom } from '@dengta/statistics'
import type { OpenLinearModel } from '../linear/linear-model.ts'
import { type Snapshot, snapshotDigest } from '../model/snapshot.ts'
import type { Goal } from './best-column.ts'
import { type Bound, raiseBound } from './dual-ascent.ts'
import { guidesOf, insertedPlan, wishesOf } from './guides.ts'
import { namePrices } from './name-prices.ts'
import { nameTerms } from './name-terms.ts'
import type { Plan } from './plan.ts'
import { type Prices, sumPrices, zeroPrices } from './prices.ts'
import { type Problem, problemOf } from './problem.ts'
import { repair } from './repair.ts'
import { type ScarceOptions, type ScarcePlan, scarcePlan } from './scarce-plan.ts'
import { serveAll } from './serve-all.ts'
import { mustLeaveOut, serviceBounds, valueBound } from './service-bound.ts'
import { type Usage, yuanOf } from './usage.ts'
import { guideOf } from './way-order.ts'

/** How much work a plan is worth. The same numbers and seed give the same plan on every machine. */
export interface Effort {
  readonly seed: number
  /** Steps of raising the bound; each looks at every column once. */
  readonly ascents: number
  /** Rounds of large-neighbourhood repair; each moves up to 26 jobs. */
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

export interface PlanHelp {
  readonly progress?: Progress | undefined
  /** Solves the linear programs of days of several hundred jobs that cannot be served whole; those plans are worse without. */
  readonly open?: OpenLinearModel | undefined
}

/** Plans a day: prices first, then a plan guided by them, then the bound again with that plan in hand. Pure but for `progress`. */
export function planDay(snapshot: Snapshot, effort: Effort, { progress = silent, open }: PlanHelp = {}): Plan {
  const at = (step: keyof typeof STEPS, done: number): void => progress({ label: STEPS[step], done, total: 1 })
  at('prices', 0)
  const problem = problemOf(snapshot)
  const goal: Goal = { running: 1, leaveOut: problem.unservedYuan }
  const early = firstPrices(problem, goal, effort)
  const onRounds = (done: number): void => at('search', SEARCH_FROM + (SEARCH_PART * done) / effort.rounds)
  const { usage: better, prices: service } = improve(problem, early, effort, { open, onRounds })
  at('bound', SEARCH_FROM + SEARCH_PART)
  const iterations = effort.ascents - (effort.ascents >> 1)
  const { prices: from } = early.cost
  const bound = raiseBound(problem, { goal, iterations, upper: yuanOf(better), from, near: early.value !== undefined })
  at('service', 0.9)
  return planOf(better, bound, { iterations: effort.ascents, service: service ?? early.value?.prices })
}

/** `value` bounds what must stay out of a day that cannot be served whole; of other days, `served` is a plan that serves all, or nearly. */
type FirstPrices = { readonly cost: Bound } & (
  | { readonly value: Bound; readonly served?: undefined }
  | { readonly served: Usage; readonly value?: undefined }
)

/** Prices before the search. Where it turns out that some jobs must stay out, service is priced first: it weighs most. */
function firstPrices(problem: Problem, goal: Goal, { ascents }: Effort): FirstPrices {
  const from = zeroPrices(problem)
  const usage = insertedPlan(problem, guideOf(problem, sumPrices(problem, from, 1)))
  const upper = yuanOf(usage)
  const cost = raiseBound(problem, { goal, iterations: ascents >> 1, upper, from, gangsKept: true })
  const scarce = mustLeaveOut(problem, cost.prices)
  const served = scarce ? undefined : serveAll(problem, guideOf(problem, sumPrices(problem, cost.prices, 1)))
  if (served?.left === 0) return { cost, served }
  const value = valueBound(problem, { iterations: ascents, yuan: upper, from: cost.prices })
  if (served && value.value <= 0) return { cost, served }
  const dearer = raiseBound(problem, { goal, iterations: ascents >> 1, upper, from: value.prices, near: true })
  return { cost: dearer.value > cost.value ? dearer : cost, value }
}

function improve(
  problem: Problem,
  first: FirstPrices,
  { seed, rounds }: Effort,
  help: Pick<ScarceOptions, 'open' | 'onRounds'>,
): ScarcePlan {
  const guides = guidesOf(problem, first.cost.prices)
  const jobs = Int32Array.from({ length: problem.jobs }, (_, j) => j)
  const wishes = wishesOf(problem, guides[0]!, jobs)
  const options = { random: seededRandom(seed), rounds, jobs, wishes, guides, offered: OFFERED, ...help }
  if (first.value) return scarcePlan(problem, first, options)
  repair(first.served, options)
  return { usage: first.served }
}

interface Bounds {
  readonly iterations: number
  /** Prices near which those of service lie. */
  readonly service: Prices | undefined
}

function planOf(usage: Usage, bound: Bound, { iterations, service: near }: Bounds): Plan {
  const { problem } = usage
  const { placements, unserved, terms } = nameTerms(usage)
  const left = { yuan: terms.unserved, jobs: unserved.length }
  const { value, jobs } = serviceBounds(problem, { iterations, left, from: near ?? bound.prices })
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
