import type { EffortName } from '@dengta/sdk'
import type { Effort } from './plan-day.ts'

interface Work {
  readonly ascents: number
  readonly roundsPerJob: number
}

/** Work by name. Rounds of repair grow with the jobs, so a small day is planned in a moment. */
const WORK: Readonly<Record<EffortName, Work>> = {
  quick: { ascents: 300, roundsPerJob: 20 },
  normal: { ascents: 1000, roundsPerJob: 200 },
  thorough: { ascents: 3000, roundsPerJob: 1000 },
}

const LEAST_ROUNDS = 500
const MOST_ROUNDS = 1_000_000

/** `jobs`: how many the day has. */
export function effortOf(name: EffortName, seed: number, jobs: number): Effort {
  const { ascents, roundsPerJob } = WORK[name]
  return { seed, ascents, rounds: Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, roundsPerJob * jobs)) }
}
