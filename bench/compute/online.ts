import {
  cheapestInsertion,
  cheapestWait,
  firstComeBackfill,
  lowestCarbonNow,
  lowestPriceNow,
  misjudged,
  type Outcome,
  type Policy,
  type ReplanEffort,
  replayed,
  rollingReplan,
  type Snapshot,
  simulate,
} from '@dengta/compute'
import { type Benchmark, type Figure, figure } from '../figure.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { gridFolder } from './grid-data.ts'
import { traceDay } from './trace-day.ts'

/** Days 1 to 5 were seen while haste and margin were chosen; days 11 to 15 were run once, afterwards. */
const SEEDS = [1, 2, 3, 4, 5]
const HELD_OUT = [11, 12, 13, 14, 15]
const JOBS = 1000
/** Heaviest load at which a plan that knows the whole day leaves at most 1 % of the jobs out. */
const LOAD = 0.7
const HORIZON = 96
/** The forecast is another draw from the trace, so it has other jobs; it is given with each day's seed plus this. */
const FORECAST = 1000

const EFFORT: ReplanEffort = {
  seed: 1,
  ascents: 60,
  roundsPerJob: 100,
  mostRounds: 8000,
  focus: 1000,
  hasteYuanPerChipHour: 0.1,
  margin: 1,
}

const SIMPLE: Readonly<Record<string, Policy>> = {
  'first come + backfill + licences': firstComeBackfill,
  'lowest price now': lowestPriceNow,
  'lowest carbon now': lowestCarbonNow,
  'wait for the cheapest': cheapestWait,
  'cheapest insertion': cheapestInsertion,
}

/**
 * 1,000 trace jobs that turn up one by one, against the simple policies of the field on the same day. Cost as in the
 * reference: electricity, plus delay at each job's own rate, plus 6 yuan a chip-hour for every job that misses its deadline.
 */
export const online: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) {
    process.stderr.write('online SKIPPED: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  for (const seed of [...SEEDS, ...HELD_OUT]) exact(folder, seed, emit)
  for (const seed of SEEDS) wrong(folder, seed, emit)
}

type Emit = (figure: Figure) => void

function exact(folder: string, seed: number, emit: Emit): void {
  const day = traceDay(folder, { jobs: JOBS, seed, load: LOAD })
  const simple = Object.entries(SIMPLE).map(([name, policy]) => ({ name, outcome: run(day, policy) }))
  const { result: ours, seconds } = cpuSeconds(() => run(day, foreseeing(folder, seed, EFFORT)))
  const blind = run(day, rollingReplan(EFFORT))
  const beside = [...simple, { name: 'ours without a forecast', outcome: blind }].map(described).join('; ')
  const slurm = simple[0]!.outcome
  const best = simple.reduce((a, b) => (b.outcome.totalYuan < a.outcome.totalYuan ? b : a))
  emit(
    figure(`online, day ${seed}: missed deadlines against first come + backfill`, ours.missed / slurm.missed, '', {
      goal: { is: '<=', than: 0.2 },
      yardstick: `${described({ name: 'ours', outcome: ours })}; ${beside}`,
    }),
  )
  emit(
    figure(
      `online, day ${seed}: total cost against the best simple policy`,
      ours.totalYuan / best.outcome.totalYuan,
      '',
      {
        goal: { is: '<=', than: 0.7 },
        yardstick: `${described({ name: 'ours', outcome: ours })}; best simple: ${described(best)}`,
      },
    ),
  )
  emit(
    figure(
      `online, day ${seed}: slots above a limit`,
      violations([ours, blind, ...simple.map((each) => each.outcome)]),
      'slots',
      {
        goal: { is: '=', than: 0 },
        yardstick: 'all policies, all sites and pools, counted by the simulator',
      },
    ),
  )
  emit(
    figure(`online, day ${seed}: deciding`, seconds / day.slots, 'CPU s a slot', {
      goal: { is: '<=', than: 0.2 },
      yardstick: 'process.cpuUsage over the whole day, simulator included',
    }),
  )
}

/** Owners who misjudge their job's length by a factor exp(0.5 z): a third is off by more than 1.6. */
function wrong(folder: string, seed: number, emit: Emit): void {
  const day = traceDay(folder, { jobs: JOBS, seed, load: LOAD })
  const guess = (policy: Policy): Outcome =>
    simulate(misjudged(replayed(day), { sigma: 0.5, seed }), policy, { seed, horizon: HORIZON })
  const simple = Object.entries(SIMPLE).map(([name, policy]) => ({ name, outcome: guess(policy) }))
  const ours = guess(foreseeing(folder, seed, { ...EFFORT, margin: 2 }))
  const best = simple.reduce((a, b) => (b.outcome.totalYuan < a.outcome.totalYuan ? b : a))
  const beside = `${described({ name: 'ours', outcome: ours })}; ${simple.map(described).join('; ')}`
  emit(
    figure(
      `online, wrong estimates, day ${seed}: missed against first come + backfill`,
      ours.missed / simple[0]!.outcome.missed,
      '',
      {
        yardstick: beside,
      },
    ),
  )
  emit(
    figure(
      `online, wrong estimates, day ${seed}: total cost against the best simple policy`,
      ours.totalYuan / best.outcome.totalYuan,
      '',
      {
        yardstick: `best simple: ${best.name}`,
      },
    ),
  )
}

/** Re-planning with jobs of another draw as what is expected still to come. */
function foreseeing(folder: string, seed: number, effort: ReplanEffort): Policy {
  const { jobs } = traceDay(folder, { jobs: JOBS, seed: seed + FORECAST, load: LOAD })
  const policy = rollingReplan(effort)
  return (state) => policy({ ...state, forecast: jobs })
}

function run(day: Snapshot, policy: Policy): Outcome {
  return simulate(replayed(day), policy, { seed: 1, horizon: HORIZON })
}

function described({ name, outcome }: { readonly name: string; readonly outcome: Outcome }): string {
  const { missed, totalYuan, electricityYuan, peakKw } = outcome
  return `${name} ${missed} missed, ${Math.round(totalYuan)} yuan (electricity ${Math.round(electricityYuan)}), peak ${Math.round(peakKw)} kW`
}

function violations(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, { violations: slots }) => sum + slots, 0)
}
