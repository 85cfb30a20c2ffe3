import { type Random, seededRandom, uniform } from '@dengta/statistics'
import type { Job, Site, Snapshot } from '../model/snapshot.ts'

const CURVE = [
  { watts: 400, speed: 1 },
  { watts: 250, speed: 0.8 },
]

/** A few sites, chips and jobs drawn at random: small enough to check every slot by hand. One feeder above all sites. */
export function smallWorld(seed: number, { jobs = 24, slots = 32 }: { jobs?: number; slots?: number } = {}): Snapshot {
  const random = seededRandom(seed)
  return {
    name: `small-${seed}`,
    slotMinutes: 15,
    slots,
    weights: { rampYuanPerKw: 0, carbonYuanPerTonne: 0, fairnessYuanPerChipHour: 0, moveYuan: 0 },
    participants: [{ name: 'all', share: 1, usedChipHours: 0 }],
    classes: { train: { npu: CURVE, gpu: CURVE } },
    feeders: [{ name: 'park', limitKw: Array(slots).fill(7) }],
    sites: ['north', 'west'].map((name) => siteOf(name, slots, random)),
    jobs: Array.from({ length: jobs }, (_, i) => jobOf(i, slots, random)),
  }
}

function siteOf(name: string, slots: number, random: Random): Site {
  return {
    name,
    feeder: 'park',
    pue: Array(slots).fill(1.2),
    yuanPerKwh: Array.from({ length: slots }, () => 0.2 + 0.8 * uniform(random)),
    carbonKgPerKwh: Array.from({ length: slots }, () => 0.2 + 0.6 * uniform(random)),
    envelopeKw: Array.from({ length: slots }, () => 3 + 3 * uniform(random)),
    reserveKw: Array(slots).fill(0.2),
    demandYuanPerKw: 0,
    billedPeakKw: 0,
    pools: [
      { chip: 'npu', count: 8, nodeSize: 4, trust: 'open' },
      { chip: 'gpu', count: 4, nodeSize: 2, trust: 'open' },
    ],
  }
}

function jobOf(i: number, slots: number, random: Random): Job {
  const hours = 0.25 + 2 * uniform(random)
  const release = Math.floor(uniform(random) * (slots - 14))
  const chips = 1 + Math.floor(uniform(random) * 6)
  return {
    name: `job-${i}`,
    participant: 'all',
    class: 'train',
    chips,
    hours,
    release,
    deadline: Math.min(slots, release + Math.ceil(hours * 4 * (1.3 + 2 * uniform(random))) + 1),
    tier: uniform(random) < 0.5 ? 2 : 0,
    checkpoint: uniform(random) < 0.5 ? { everyMinutes: 30, costSeconds: 30 } : undefined,
    sites: uniform(random) < 0.3 ? ['north'] : undefined,
    valueYuan: 6 * chips * hours,
    delayYuanPerHour: 0.1 * chips,
  }
}
