import type { EffortName } from '@dengta/sdk'
import type { Effort } from './plan-day.ts'

/** Work by name. Measured with 1,000 jobs x 4 sites x 96 slots: about 1, 5 and 25 CPU-seconds. */
const EFFORTS: Readonly<Record<EffortName, Omit<Effort, 'seed'>>> = {
  quick: { ascents: 300, rounds: 20_000 },
  normal: { ascents: 1000, rounds: 200_000 },
  thorough: { ascents: 3000, rounds: 1_000_000 },
}

export function effortOf(name: EffortName, seed: number): Effort {
  return { seed, ...EFFORTS[name] }
}
