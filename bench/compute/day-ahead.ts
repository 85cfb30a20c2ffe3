import { checkPlan, type Effort, loadHighs, type PlanCheck, planDay } from '@dengta/compute'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { gridFolder } from './grid-data.ts'
import { REFERENCE, REFERENCE_LOAD } from './reference-day.ts'
import { type DayFamily, traceDay } from './trace-day.ts'

type Emit = Parameters<Benchmark>[0]

interface Size {
  readonly jobs: number
  readonly seeds: readonly number[]
  readonly effort: Omit<Effort, 'seed'>
  readonly percent: number
  readonly seconds: number
  readonly spike: string
  /** What these days are; those of `traceDay` at servable load unless said. */
  readonly like?: { readonly says: string; readonly family: DayFamily; readonly load: number }
}

const SMALL = { jobs: 200, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], effort: { ascents: 1500, rounds: 30_000 } } as const

const SIZES: readonly Size[] = [
  {
    ...SMALL,
    percent: 0.5,
    seconds: 1,
    spike: '0.49 % in 1 s',
    like: { says: 'days like those of the goal (waits of 4 to 12 h)', family: REFERENCE, load: REFERENCE_LOAD },
  },
  { ...SMALL, percent: 0.5, seconds: 1, spike: '0.49 % in 1 s' },
  {
    jobs: 1000,
    seeds: [1],
    effort: { ascents: 2000, rounds: 200_000 },
    percent: 1,
    seconds: 10,
    spike: '0.87 % in 10 s',
  },
  {
    jobs: 5000,
    seeds: [1],
    effort: { ascents: 1500, rounds: 600_000 },
    percent: 5,
    seconds: 60,
    spike: '2.5 % in 60 s',
  },
]

/** Load at which the trace can be served whole, and at which it cannot. */
const SERVABLE = 0.6
const OVERLOADED = {
  jobs: 1000,
  seeds: [1, 2, 3, 4, 5],
  load: 0.9,
  effort: { ascents: 1000, rounds: 200_000 },
} as const

/** Distance to our own certified bound, recomputed by `checkPlan`, on days of real trace jobs. */
export const dayAhead: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) {
    process.stderr.write('day-ahead SKIPPED: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  for (const size of SIZES) await servable(folder, size, emit)
  await overloaded(folder, emit)
}

async function servable(folder: string, size: Size, emit: Emit): Promise<void> {
  const { jobs, percent, seconds, spike, like } = size
  const days = await planned(folder, { ...size, load: like?.load ?? SERVABLE, family: like?.family })
  const gaps = days.map(({ check }) => 100 * check.gap)
  const name = `${jobs} jobs x 4 sites x 96 slots x 3 levels${like ? `, ${like.says}` : ''}`
  const unserved = days.map(({ check }) => check.unserved.jobs).join(', ')
  emit(
    figure(`${name}: certified gap, median of ${days.length} days`, median(gaps), '%', {
      goal: { is: '<=', than: percent },
      yardstick: `${spread(gaps)}; spike of the reference on its own day: ${spike}; unserved: ${unserved}`,
    }),
  )
  const times = days.map((day) => day.seconds)
  emit(
    figure(`${name}: time to plan, longest`, Math.max(...times), 'CPU s', {
      goal: { is: '<=', than: seconds },
      yardstick: `process.cpuUsage; ${spread(times)}`,
    }),
  )
}

async function overloaded(folder: string, emit: Emit): Promise<void> {
  const days = await planned(folder, OVERLOADED)
  const away = days.map(({ check }) => 100 * (1 - check.unserved.valueBound / check.terms.unserved))
  const gaps = days.map(({ check }) => 100 * check.gap)
  const times = days.map(({ seconds }) => seconds)
  emit(
    figure('1,000 jobs, overloaded: unserved value above its bound, median of 5 days', median(away), '%', {
      goal: { is: '<=', than: 10 },
      yardstick: `${spread(away)}; gap in cost ${spread(gaps)}; CPU s ${spread(times)}`,
    }),
  )
  const counts = days.map(
    ({ check: { unserved } }) => `${unserved.jobs}, bound ${Math.ceil(unserved.jobsBound - 1e-6)}`,
  )
  emit(
    figure('1,000 jobs, overloaded: unserved jobs, most of 5 days', Math.max(...days.map(jobsOf)), 'jobs', {
      yardstick: `by day: ${counts.join('; ')}; the plan leaves out the least value, not the fewest jobs`,
    }),
  )
}

interface PlannedDay {
  readonly check: PlanCheck
  readonly seconds: number
}

interface Days {
  readonly jobs: number
  readonly seeds: readonly number[]
  readonly load: number
  readonly effort: Omit<Effort, 'seed'>
  readonly family?: DayFamily | undefined
}

/** A day for each seed, planned and checked. Throws where a plan does not hold. */
async function planned(folder: string, { jobs, seeds, load, effort, family }: Days): Promise<PlannedDay[]> {
  const open = await loadHighs()
  return seeds.map((seed) => {
    const snapshot = traceDay(folder, { jobs, seed, load, family })
    const { result: plan, seconds } = cpuSeconds(() => planDay(snapshot, { seed: 1, ...effort }, { open }))
    const check = checkPlan(snapshot, plan)
    if (!check.ok) throw new Error(check.faults[0]!.text.en)
    return { check, seconds }
  })
}

const jobsOf = ({ check }: PlannedDay): number => check.unserved.jobs

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

/** Smallest, median, largest. */
function spread(values: readonly number[]): string {
  return [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(2)).join(' / ')
}
