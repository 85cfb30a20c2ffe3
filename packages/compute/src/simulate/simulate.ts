import { type Progress, silent } from '@dengta/kernel'
import { seededRandom } from '@dengta/statistics'
import type { Participant, Snapshot } from '../model/snapshot.ts'
import { chainsOf } from '../online/capacity.ts'
import { NOTHING_PLANNED, type OnlinePlan, type OnlineState, type Policy } from '../online/online-state.ts'
import { breakNodes, type Chance, type Limits, shed } from './disturb.ts'
import { admit, emptyFleet, extend, type Fleet, start, stop } from './fleet.ts'
import {
  countDisturbance,
  countMissed,
  countServed,
  countSlot,
  emptyTally,
  logRun,
  type Outcome,
  outcomeOf,
  type Tally,
} from './tally.ts'
import type { EnvelopeChange, World } from './world.ts'

export interface SimulateOptions {
  /** Seed of the failures. */
  readonly seed: number
  /** Slots that the policy looks ahead, beyond the longest job that waits where that one is longer. */
  readonly horizon: number
  /** Keeps every run in the outcome. */
  readonly log?: boolean | undefined
  readonly progress?: Progress | undefined
}

interface Stage {
  readonly world: World
  readonly policy: Policy
  readonly horizon: number
  readonly fleet: Fleet
  readonly tally: Tally
  readonly chance: Chance
  plan: OnlinePlan
}

/**
 * Plays a world slot by slot: what breaks, what ends, what arrives, what no longer fits under the limits, then the policy.
 * The policy sees estimates and what has been announced; nothing of the future. Same world, policy and seed: same outcome.
 */
export function simulate(world: World, policy: Policy, options: SimulateOptions): Outcome {
  const { snapshot } = world
  const progress = options.progress ?? silent
  const chance = { failures: world.failures, random: seededRandom(options.seed) }
  const tally = emptyTally(snapshot, options.log ?? false)
  const { horizon } = options
  const stage = { world, policy, horizon, fleet: emptyFleet(snapshot), tally, chance, plan: NOTHING_PLANNED }
  for (let now = 0; now < snapshot.slots; now += 1) {
    playSlot(stage, now)
    progress({ label: LABEL, done: now + 1, total: snapshot.slots })
  }
  endAll(stage, snapshot.slots)
  return outcomeOf(tally)
}

const LABEL = { en: 'slots simulated', zh: '已模拟时隙' }

function playSlot(stage: Stage, now: number): void {
  const { fleet, tally, world } = stage
  finish(stage, now)
  announce(fleet, world.changes, now)
  disturb(stage, () => breakNodes(fleet, now, stage.chance), now)
  const limits = limitsAt(fleet.snapshot)
  disturb(stage, () => shed(fleet, now, limits), now)
  arrive(stage, now)
  giveUp(stage, now)
  decide(stage, now)
  countSlot(tally, fleet, now, limits)
}

/** Runs whose work is done leave; runs past their estimate are given longer, and past their deadline count as missed. */
function finish({ fleet, tally }: Stage, now: number): void {
  for (const run of [...fleet.running.values()]) {
    const { live } = run
    const done = run.trueEnd <= now
    if (done) {
      stop(fleet, run, now)
      logRun(tally, run, now)
    } else if (run.view.until <= now) extend(fleet, run, now)
    if (live.late) continue
    if (done && now <= live.job.deadline) countServed(tally, live, now)
    else if (now > live.job.deadline || (now === live.job.deadline && !done)) {
      live.late = true
      countMissed(tally, live.job.valueYuan)
    }
  }
}

function announce(fleet: Fleet, changes: readonly EnvelopeChange[], now: number): void {
  const news = changes.filter(({ announced }) => announced === now)
  if (news.length === 0) return
  const sites = fleet.snapshot.sites.map((site) => {
    const own = news.filter((change) => change.site === site.name)
    if (own.length === 0) return site
    const envelopeKw = [...site.envelopeKw]
    for (const { from, to, kw } of own) envelopeKw.fill(kw, from, to)
    return { ...site, envelopeKw }
  })
  fleet.snapshot = { ...fleet.snapshot, sites }
}

function disturb({ fleet, tally }: Stage, happens: () => ReturnType<typeof shed>, now: number): void {
  const before = tally.log && new Map(fleet.running)
  countDisturbance(tally, happens())
  for (const [name, run] of before ?? []) if (!fleet.running.has(name)) logRun(tally, run, now)
}

function arrive({ fleet, tally, world }: Stage, now: number): void {
  for (const arrival of world.arrivals(now)) {
    tally.arrived += 1
    if (!admit(fleet, arrival)) countMissed(tally, arrival.job.valueYuan)
  }
}

/** Jobs that can no longer end in time, by their own estimate, do not stand in the way of others. */
function giveUp({ fleet, tally }: Stage, now: number): void {
  for (const [name, live] of fleet.waiting) {
    if (now + live.shortest <= live.job.deadline) continue
    fleet.waiting.delete(name)
    if (!live.late) countMissed(tally, live.job.valueYuan)
  }
}

function decide(stage: Stage, now: number): void {
  const { fleet, policy } = stage
  stage.plan = policy(stateOf(stage, now))
  for (const placement of stage.plan.placements)
    if (placement.start === now && fleet.waiting.has(placement.job))
      start(fleet, now, { ...placement, nodes: stage.plan.nodes?.get(placement.job) })
}

function stateOf({ fleet, horizon, plan }: Stage, now: number): OnlineState {
  const jobs = [...fleet.waiting.values()].map(({ job }) => job)
  return {
    snapshot: { ...fleet.snapshot, jobs, participants: participantsLeft(fleet) },
    now,
    horizon: lookAhead(fleet, horizon),
    running: [...fleet.running.values()].map(({ view }) => view),
    outages: fleet.outages,
    previous: plan,
  }
}

/** Where a waiting job is longer than what is looked ahead, as far beyond its end, so that it too finds a place. */
function lookAhead({ waiting }: Fleet, horizon: number): number {
  let longest = 0
  for (const { shortest } of waiting.values()) longest = Math.max(longest, shortest)
  return longest > horizon ? longest + horizon : horizon
}

function participantsLeft({ snapshot, quotaLeft }: Fleet): readonly Participant[] {
  if (quotaLeft.size === 0) return snapshot.participants
  return snapshot.participants.map((each) => {
    const left = quotaLeft.get(each.name)
    return left === undefined ? each : { ...each, quotaChipHours: Math.max(0, left) }
  })
}

function limitsAt(snapshot: Snapshot): Limits {
  const { sites, feeders } = snapshot
  return {
    chains: chainsOf(snapshot),
    nodes: sites.length + feeders.length,
    kw: (node, t) => {
      const site = sites[node]
      return site ? Math.max(0, site.envelopeKw[t]! - site.reserveKw[t]!) : feeders[node - sites.length]!.limitKw[t]!
    },
  }
}

/** The last slot is over: what has just ended counts, what still runs or waits stays open. */
function endAll(stage: Stage, slots: number): void {
  finish(stage, slots)
  for (const run of stage.fleet.running.values()) logRun(stage.tally, run, slots)
}
