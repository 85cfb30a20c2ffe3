import { checkPlan, type Effort, planDay } from '@dengta/compute'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { gridFolder } from './grid-data.ts'
import { traceDay } from './trace-day.ts'

interface Size {
  readonly jobs: number
  readonly effort: Omit<Effort, 'seed'>
  readonly percent: number
  readonly seconds: number
  readonly spike: string
}

const SIZES: readonly Size[] = [
  { jobs: 200, effort: { ascents: 450, rounds: 20_000 }, percent: 0.5, seconds: 1, spike: '1.25 % in 1 s' },
  { jobs: 1000, effort: { ascents: 1000, rounds: 200_000 }, percent: 1, seconds: 10, spike: '0.87 % in 10 s' },
  { jobs: 5000, effort: { ascents: 1000, rounds: 600_000 }, percent: 5, seconds: 60, spike: '2.5 % in 60 s' },
]

/** Load at which the trace can be served whole, and at which it cannot. */
const SERVABLE = 0.6
const OVERLOADED = 0.9

/** Distance to our own certified bound, recomputed by `checkPlan`, on days of real trace jobs. */
export const dayAhead: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) {
    process.stderr.write('day-ahead SKIPPED: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  for (const size of SIZES) {
    const snapshot = traceDay(folder, { jobs: size.jobs, seed: 1, load: SERVABLE })
    const { result: plan, seconds } = cpuSeconds(() => planDay(snapshot, { seed: 1, ...size.effort }))
    const check = checkPlan(snapshot, plan)
    if (!check.ok) throw new Error(check.faults[0]!.text.en)
    const name = `${size.jobs} jobs x 4 sites x 96 slots x 3 levels`
    const beside = `spike of the reference on its own day: ${size.spike}; ${plan.unserved.length} unserved`
    emit(
      figure(`${name}: certified gap`, 100 * check.gap, '%', {
        goal: { is: '<=', than: size.percent },
        yardstick: beside,
      }),
    )
    emit(
      figure(`${name}: time to plan`, seconds, 'CPU s', {
        goal: { is: '<=', than: size.seconds },
        yardstick: 'process.cpuUsage',
      }),
    )
  }
  overloaded(folder, emit)
}

function overloaded(folder: string, emit: Parameters<Benchmark>[0]): void {
  const snapshot = traceDay(folder, { jobs: 1000, seed: 1, load: OVERLOADED })
  const plan = planDay(snapshot, { seed: 1, ascents: 1000, rounds: 200_000 })
  const check = checkPlan(snapshot, plan)
  const away = (100 * (plan.terms.unserved - check.unserved.valueBound)) / plan.terms.unserved
  const jobs = `${plan.unserved.length} jobs unserved, bound ${check.unserved.jobsBound.toFixed(1)}; gap in cost ${(100 * check.gap).toFixed(1)} %`
  emit(
    figure('1,000 jobs, overloaded: unserved value above its bound', away, '%', {
      goal: { is: '<=', than: 10 },
      yardstick: jobs,
    }),
  )
}
