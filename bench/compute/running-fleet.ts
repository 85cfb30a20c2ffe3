import type { CutJob, RunningJob } from '@dengta/compute'
import { type Random, uniform } from '@dengta/statistics'

const CHIPS = 2200
/** A100, fine-tuning (emerald/dvfs_sweep.csv). */
export const LEVELS = [
  { watts: 345, speed: 1 },
  { watts: 288, speed: 0.945 },
  { watts: 196, speed: 0.79 },
]

/** A running job and when it came, 0 to 1. */
export interface Started extends RunningJob {
  readonly created: number
}

/** Gangs of 1 to 8 until the chips are used up; checkpoints every half hour to two hours. */
export function fillFleet(random: Random): Started[] {
  const jobs: Started[] = []
  for (let left = CHIPS; left > 0; ) {
    const chips = Math.min(left, 2 ** (random() % 4))
    const every = 30 + 90 * uniform(random)
    jobs.push({
      job: `j${jobs.length}`,
      chips,
      levels: LEVELS,
      pue: 1.2,
      checkpointAge: every * uniform(random),
      restart: 2,
      mayPause: true,
      created: uniform(random),
    })
    left -= chips
  }
  return jobs
}

export const powerOf = (jobs: readonly CutJob[]): number => jobs.reduce((sum, { choices }) => sum + choices[0]!.kw, 0)

export const lostHours = (paused: readonly Started[]): number =>
  paused.reduce((sum, { chips, checkpointAge }) => sum + (chips * checkpointAge) / 60, 0)

/** Victims in the order of the field: what was created last goes first, whatever it has to lose. */
export function latestFirst(running: readonly Started[], states: readonly CutJob[], target: number): Started[] {
  const order = [...running.keys()].sort((a, b) => running[b]!.created - running[a]!.created)
  const victims: Started[] = []
  let kw = powerOf(states)
  for (const j of order) {
    if (kw <= target) break
    kw -= states[j]!.choices[0]!.kw
    victims.push(running[j]!)
  }
  return victims
}
