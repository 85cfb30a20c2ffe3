import { normalQuantile, type Random, seededRandom, uniform } from '@dengta/statistics'
import type { Job, Snapshot } from '../model/snapshot.ts'
import { waysOf } from '../model/way.ts'

/** A job that comes in, `job.hours` being what its owner believes, and the hours at speed 1 that it really takes. */
export interface Arrival {
  readonly job: Job
  readonly trueHours: number
}

/** From slot `announced` on it is known that a site's envelope is `kw` in the slots `from .. to - 1`. */
export interface EnvelopeChange {
  readonly announced: number
  readonly site: string
  readonly from: number
  readonly to: number
  readonly kw: number
}

/** Nodes break at random: mean hours between failures of one node, and hours until it is back. */
export interface Failures {
  readonly nodeHours: number
  readonly repairHours: number
}

/** What is simulated. `snapshot` has the places and all series, and no jobs; jobs come slot by slot. */
export interface World {
  readonly snapshot: Snapshot
  /** The jobs released in a slot. Asked once for each slot, in order. */
  readonly arrivals: (slot: number) => readonly Arrival[]
  readonly changes: readonly EnvelopeChange[]
  readonly failures?: Failures | undefined
}

/** A day as it comes: each job turns up in its slot of release, with its true length known. */
export function replayed(snapshot: Snapshot): World {
  const bySlot = new Map<number, Job[]>()
  for (const job of snapshot.jobs) bySlot.set(job.release, [...(bySlot.get(job.release) ?? []), job])
  return {
    snapshot: { ...snapshot, jobs: [] },
    arrivals: (slot) => (bySlot.get(slot) ?? []).map((job) => ({ job, trueHours: job.hours })),
    changes: [],
  }
}

/**
 * The same world with owners who misjudge: estimate = true hours times exp(sigma z), z standard normal, but never one that would
 * rule the job's own deadline out.
 */
export function misjudged(world: World, { sigma, seed }: { readonly sigma: number; readonly seed: number }): World {
  const random = seededRandom(seed)
  return {
    ...world,
    arrivals: (slot) => world.arrivals(slot).map((arrival) => guessed(world.snapshot, arrival, { sigma, random })),
  }
}

interface Guess {
  readonly sigma: number
  readonly random: Random
}

function guessed(snapshot: Snapshot, { job, trueHours }: Arrival, { sigma, random }: Guess): Arrival {
  const hours = trueHours * Math.exp(sigma * normalQuantile(uniform(random)))
  const believed = { ...job, hours }
  if (waysOf(snapshot, believed).length > 0 || hours <= trueHours) return { job: believed, trueHours }
  return { job: { ...job, hours: trueHours }, trueHours }
}
