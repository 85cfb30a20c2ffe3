import { firstComeBackfill, type Outcome, type Policy, rollingReplan, simulate } from '@dengta/compute'
import { type Benchmark, figure } from '../figure.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { gridFolder } from './grid-data.ts'
import { traceMonth } from './trace-month.ts'

const HORIZON = 192
const LOAD = 0.6
const SEED = 1
const OURS = rollingReplan({
  seed: 1,
  ascents: 8,
  roundsPerJob: 1,
  mostRounds: 600,
  focus: 1200,
  hasteYuanPerChipHour: 0.1,
  margin: 1,
})

/** A month of 2,880 slots, planning included, at 2,200 chips (beside first come + backfill) and at ten times that. */
export const month: Benchmark = async (emit) => {
  const folder = gridFolder()
  if (!folder) {
    process.stderr.write('month SKIPPED: the grid data is not on this machine (set DENGTA_DATA)\n')
    return
  }
  const small = played(folder, 2200, OURS)
  const simple = played(folder, 2200, firstComeBackfill)
  emit(
    figure(
      'a month at 2,200 chips: missed deadlines against first come + backfill',
      small.outcome.missed / simple.outcome.missed,
      '',
      {
        yardstick: `ours ${told(small)}; first come ${told(simple)}`,
      },
    ),
  )
  const large = played(folder, 22_000, OURS)
  emit(
    figure('a month at 22,000 chips, planning included', large.seconds, 'CPU s', {
      goal: { is: '<=', than: 600 },
      yardstick: told(large),
    }),
  )
  emit(
    figure('the same: memory of the process at its highest', large.mib, 'MiB', {
      yardstick: 'maximum resident set of the process',
    }),
  )
  emit(
    figure('slots above a limit, three months', violations([small, simple, large]), 'slots', {
      goal: { is: '=', than: 0 },
      yardstick: 'counted by the simulator, sites and pools, broken nodes and grid cuts included',
    }),
  )
}

interface Played {
  readonly outcome: Outcome
  readonly seconds: number
  readonly mib: number
}

function played(folder: string, chips: number, policy: Policy): Played {
  const world = traceMonth(folder, { chips, seed: SEED, load: LOAD })
  const { result: outcome, seconds } = cpuSeconds(() =>
    simulate(world, policy, { seed: SEED, horizon: HORIZON, progress }),
  )
  return { outcome, seconds, mib: process.resourceUsage().maxRSS / 1024 }
}

/** One line a simulated day, on the side. */
function progress({ done, total }: { readonly done: number; readonly total: number }): void {
  if (done % 96 === 0) process.stderr.write(`day ${done / 96} of ${total / 96}\n`)
}

function violations(all: readonly Played[]): number {
  return all.reduce((sum, { outcome }) => sum + outcome.violations, 0)
}

function told({ outcome, seconds }: Played): string {
  const { arrived, served, missed, open, totalYuan, kwh, utilisation, interrupted, lostChipHours, peakKw } = outcome
  return `${arrived} jobs: ${served} served, ${missed} missed, ${open} open; ${Math.round(totalYuan)} yuan, ${Math.round(kwh)} kWh, peak ${Math.round(peakKw)} kW, ${(100 * utilisation).toFixed(1)} % of chip-hours held, ${interrupted} runs interrupted, ${Math.round(lostChipHours)} chip-hours lost; ${seconds.toFixed(0)} CPU s`
}
