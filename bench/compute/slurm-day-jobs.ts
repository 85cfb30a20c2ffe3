import type { WantedJob } from '@dengta/compute'
import { type Random, uniform } from '@dengta/statistics'

const WATTS = 345
const PUE = 1.2
export const CHIP_KW = (WATTS * PUE) / 1000

export const SITES = [
  { site: 'north', chip: 'a910b', nodes: 138 },
  { site: 'west', chip: 'mlu370', nodes: 137 },
]

/** Power of all chips of a site, kW. */
export const siteKw = (nodes: number): number => nodes * 8 * CHIP_KW

interface Day {
  /** Milliseconds since 1970. */
  readonly startsAt: number
  readonly slots: number
  readonly slotMs: number
}

const JOBS = 2400

/** Gangs of 2 to 8 chips, 1 to 10 hours, checkpoints every half hour to two hours: all in compressed time. */
export function dayJobs(random: Random, { startsAt, slots, slotMs }: Day): readonly WantedJob[] {
  const faster = (15 * 60_000) / slotMs
  return Array.from({ length: JOBS }, (_, index) => {
    const { site, chip } = SITES[index % SITES.length]!
    const chips = [2, 4, 8, 8][random() % 4]!
    const minutes = (60 + (random() % 540)) / faster
    const everyMinutes = (30 + (random() % 90)) / faster
    const order = {
      ...{ job: `day-${index}`, participant: 'bench', site, chip, chips, wattsPerChip: WATTS, kw: chips * CHIP_KW },
      ...{ minutes: 60, mayPause: true, command: ['sleep', (60 * minutes).toFixed(1)] },
      checkpoint: { everyMinutes, costSeconds: 0 },
    }
    const startAt = startsAt + Math.max(0, Math.floor((uniform(random) * 1.2 - 0.2) * slots)) * slotMs
    return { order, startAt, levels: [{ watts: WATTS, speed: 1 }], pue: PUE, tier: 3 as const, restartMinutes: 0.01 }
  }).sort((a, b) => a.startAt - b.startAt)
}
