import type { Job, Order, Placement, PowerLimits, SlurmDescription, Snapshot } from '@dengta/compute'
import { slotsOf } from '../../packages/compute/src/model/way.ts'
import { traceDay } from './trace-day.ts'

/**
 * A slot of 15 minutes lasts this long, 112 times faster than the day it stands for. Slurm looks for work once a second and
 * takes up to two to begin and end a job: at 4 s that was half a slot, 8 minutes of the day, at 8 s it is 4 minutes.
 */
export const SLOT_MS = 8000
const CHIPS_A_NODE = 8

const JOBS = 500
const LOAD = 0.7
/** The forecast is another draw from the trace, given with the day's seed plus this. */
const FORECAST = 1000
/** What Slurm adds to each job from the decision to free chips; a run of it in a real day would be a second or two. */
const LATENCY_MS = 2500
/** The part of it that is still to come once a job has begun. */
export const LEAVES_MS = 1200

/** A day of the trace whose pools are whole nodes, so that each can be a real slurmd. */
function wholeNodes(day: Snapshot): Snapshot {
  const sites = day.sites.map((site) => ({
    ...site,
    pools: site.pools.map((pool) => ({ ...pool, count: nodesFor(pool.count) * CHIPS_A_NODE })),
  }))
  return { ...day, sites }
}

export const dayOf = (folder: string, seed: number): Snapshot =>
  wholeNodes(traceDay(folder, { jobs: JOBS, seed, load: LOAD }))

export const forecastOf = (folder: string, seed: number): readonly Job[] =>
  traceDay(folder, { jobs: JOBS, seed: seed + FORECAST, load: LOAD }).jobs

const nodesFor = (chips: number): number => Math.ceil(chips / CHIPS_A_NODE)

export function describe({ sites }: Snapshot): SlurmDescription {
  return {
    chipsPerNode: CHIPS_A_NODE,
    sites: sites.map(({ name, pools, envelopeKw }) => ({
      site: name,
      limitKw: envelopeKw[0]!,
      pools: pools.map(({ chip, count }) => ({ chip, nodes: nodesFor(count) })),
    })),
  }
}

export const nodesIn = ({ sites }: Snapshot): number =>
  sites.flatMap(({ pools }) => pools).reduce((sum, { count }) => sum + count / CHIPS_A_NODE, 0)

/** What every site may draw in a slot, kW at the meter; the last slot goes on. */
export function limitsIn({ sites, slots }: Snapshot, slot: number): PowerLimits {
  const at = Math.min(slots - 1, Math.max(0, slot))
  const own = sites.map(({ name, envelopeKw }) => ({ name, limitKw: envelopeKw[at]!, events: [] }))
  return { sites: own, feeders: [], holdMinutes: SLOT_MS / 60_000 }
}

/** Milliseconds that a job really takes at a speed: `sleep` in the compressed day. */
export const lasts = ({ slotMinutes }: Snapshot, job: Job, speed: number): number =>
  ((job.hours * 60) / slotMinutes / speed) * SLOT_MS

/** The job as the planner is told of it in slot `now`: with the latency of Slurm, where its deadline leaves room for that. */
export function withLatency(day: Snapshot, job: Job, now: number): Job {
  const longer = { ...job, hours: job.hours + ((LATENCY_MS / SLOT_MS) * day.slotMinutes) / 60 }
  return now + shortest(day, longer) <= job.deadline ? longer : job
}

/** Slots of a job at its fastest. */
export const shortest = (day: Snapshot, job: Job): number => slotsOf(day, job, { watts: 0, speed: 1 })

/** Time limits of Slurm are whole minutes: a user of the compressed day can state no shorter one. */
const limitMinutes = (milliseconds: number): number => Math.ceil((milliseconds + 5000) / 60_000)

export function orderOf(
  day: Snapshot,
  job: Job,
  at: Pick<Placement, 'site' | 'chip' | 'level'> & Pick<Order, 'nodes'>,
): Order {
  const { watts, speed } = day.classes[job.class]![at.chip]![at.level]!
  const { pue } = day.sites.find(({ name }) => name === at.site)!
  const milliseconds = lasts(day, job, speed)
  return {
    ...{ job: job.name, participant: job.participant, site: at.site, chip: at.chip, chips: job.chips, nodes: at.nodes },
    ...{ wattsPerChip: watts, kw: (job.chips * watts * pue[0]!) / 1000, minutes: limitMinutes(milliseconds) },
    // The trace knows no checkpoints: to pause such a job throws all of it away.
    ...{ mayPause: false, command: ['sleep', (milliseconds / 1000).toFixed(2)] },
  }
}
