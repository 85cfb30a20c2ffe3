import type { Progress } from '@dengta/kernel'
import type { Snapshot } from '../model/snapshot.ts'
import type { Policy } from '../online/online-state.ts'
import { type ReplanEffort, rollingReplan } from '../online/replan.ts'
import {
  cheapestInsertion,
  cheapestWait,
  firstComeBackfill,
  lowestCarbonNow,
  lowestPriceNow,
} from '../policy/policies.ts'
import { repeated } from './repeated.ts'
import { simulate } from './simulate.ts'
import type { Outcome } from './tally.ts'
import { type Failures, misjudged, replayed, type World } from './world.ts'

/** Policies that are played side by side: the rolling re-plan of this house first, then the simple ones of the field. */
export const COMPARED_POLICIES = [
  'rolling-replan',
  'first-come',
  'lowest-price',
  'lowest-carbon',
  'cheapest-wait',
  'cheapest-insertion',
] as const
export type ComparedPolicy = (typeof COMPARED_POLICIES)[number]

const SIMPLE: Readonly<Record<Exclude<ComparedPolicy, 'rolling-replan'>, Policy>> = {
  'first-come': firstComeBackfill,
  'lowest-price': lowestPriceNow,
  'lowest-carbon': lowestCarbonNow,
  'cheapest-wait': cheapestWait,
  'cheapest-insertion': cheapestInsertion,
}

/** What is played, and how it differs from the day as it was written down. */
export interface Play {
  readonly snapshot: Snapshot
  /** Times that the day is played, one after the other. */
  readonly days: number
  /** Owners estimate true hours times exp(sigma z), z standard normal; 0: they know. */
  readonly sigma: number
  readonly failures?: Failures | undefined
  /** Of estimates, failures and the search. */
  readonly seed: number
}

/** What a policy looks ahead: a day, and another one for jobs that wait; in long slots still so many of them. */
const LOOK_AHEAD = { minutes: 2 * 24 * 60, slots: 192 }
/** Jobs a day from which on a slot is searched with less work, so that a month of a large fleet is a matter of minutes. */
const MANY_JOBS = 3000

/** Plays the same time once for each policy. The same play gives the same outcomes on every machine. */
export function comparePolicies(
  play: Play,
  policies: readonly ComparedPolicy[],
  progress?: Progress,
): { readonly policy: ComparedPolicy; readonly outcome: Outcome }[] {
  const horizon = Math.max(LOOK_AHEAD.slots, Math.ceil(LOOK_AHEAD.minutes / play.snapshot.slotMinutes))
  return policies.map((policy, at) => {
    const options = { seed: play.seed, horizon, progress: progress && partOf(progress, at, policies.length) }
    return { policy, outcome: simulate(worldOf(play), policyOf(policy, play), options) }
  })
}

/** One bar for all parts of a work. */
function partOf(progress: Progress, at: number, parts: number): Progress {
  return ({ label, done, total }) => progress({ label, done: at * total + done, total: parts * total })
}

/** Made anew for each policy: its random numbers run on. */
function worldOf({ snapshot, days, sigma, failures, seed }: Play): World {
  const world = { ...replayed(repeated(snapshot, days)), failures }
  return sigma > 0 ? misjudged(world, { sigma, seed }) : world
}

const policyOf = (name: ComparedPolicy, play: Play): Policy =>
  name === 'rolling-replan' ? rollingReplan(effortOf(play)) : SIMPLE[name]

/** Where owners misjudge, planning allows for twice what they say. */
function effortOf({ snapshot, sigma, seed }: Play): ReplanEffort {
  const work =
    snapshot.jobs.length < MANY_JOBS
      ? { ascents: 60, roundsPerJob: 100, mostRounds: 8000, focus: 1000 }
      : { ascents: 8, roundsPerJob: 1, mostRounds: 600, focus: 1200 }
  return { ...work, seed, hasteYuanPerChipHour: 0.1, margin: sigma > 0 ? 2 : 1 }
}
