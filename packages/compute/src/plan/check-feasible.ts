import type { Reason } from '@dengta/kernel'
import { powerBySite } from '../model/cost.ts'
import type { Job, Placement, Snapshot } from '../model/snapshot.ts'
import { gangOf, type Way, wayOf, waysOf } from '../model/way.ts'
import { feedersAbove } from './check-bound.ts'
import type { Plan } from './plan.ts'
import { fault } from './plan-faults.ts'

/** Slack for sums of floating-point powers and hours. */
const SLACK = 1e-5

interface Lying {
  readonly job: Job
  readonly way: Way
  readonly placement: Placement
}

/** Everything that makes a plan impossible, from the snapshot alone; empty for a plan that can be carried out. */
export function impossible(snapshot: Snapshot, plan: Plan): Reason[] {
  const jobs = new Map(snapshot.jobs.map((job) => [job.name, job]))
  const strangers = [...plan.placements.map((placement) => placement.job), ...plan.unserved].filter(
    (job) => !jobs.has(job),
  )
  const wrong = [...strangers.map((job) => fault('job_unknown', { job })), ...counted(snapshot, plan)]
  if (wrong.length > 0) return wrong
  const lying: Lying[] = []
  for (const placement of plan.placements) {
    const job = jobs.get(placement.job)!
    const way = wayOf(waysOf(snapshot, job), placement)
    if (way && way.slots === placement.slots) lying.push({ job, way, placement })
    else wrong.push(fault('way_forbidden', { ...placement, ...gangOf(job, placement) }))
  }
  if (wrong.length > 0) return wrong
  const outside = lying.filter((each) => !inWindow(each)).map(({ job }) => fault('outside_window', { job: job.name }))
  return outside.length > 0
    ? outside
    : [...chipFaults(snapshot, lying), ...powerFaults(snapshot, plan), ...quotaFaults(snapshot, lying)]
}

/** Each job stands in the plan exactly once. */
function counted(snapshot: Snapshot, plan: Plan): Reason[] {
  const places = counts(plan.placements.map(({ job }) => job))
  const listed = counts(plan.unserved)
  return snapshot.jobs.flatMap(({ name: job }) => {
    const [placed, left] = [places.get(job) ?? 0, listed.get(job) ?? 0]
    if (placed > 1 || left > 1) return [fault('job_repeated', { job })]
    return placed + left === 1 ? [] : [fault('job_forgotten', { job })]
  })
}

function counts(names: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1)
  return times
}

function inWindow({ job, way, placement }: Lying): boolean {
  const { start } = placement
  return Number.isInteger(start) && start >= job.release && start + way.slots <= job.deadline
}

function chipFaults(snapshot: Snapshot, lying: readonly Lying[]): Reason[] {
  return snapshot.sites.flatMap((site) =>
    site.pools.flatMap((pool) => {
      const held = new Float64Array(snapshot.slots)
      for (const { way, placement } of lying)
        if (way.pool === pool)
          for (let t = placement.start; t < placement.start + way.slots; t += 1) held[t]! += way.chips
      const slot = held.findIndex((chips) => chips > pool.count)
      const place = { site: site.name, chip: pool.chip, slot, limit: pool.count }
      return slot < 0 ? [] : [fault('chips_exceeded', { ...place, used: held[slot]! })]
    }),
  )
}

/** The first overrun slot of each site, then of each feeder. */
function powerFaults(snapshot: Snapshot, plan: Plan): Reason[] {
  const bySite = powerBySite(snapshot, plan.placements)
  const sites = snapshot.sites.flatMap((site, s) =>
    overrun(site.name, bySite[s]!, (t) => Math.max(0, site.envelopeKw[t]! - site.reserveKw[t]!)),
  )
  const above = snapshot.sites.map((site) => new Set(feedersAbove(snapshot, site)))
  const feeders = snapshot.feeders.flatMap((feeder) => {
    const kw = new Float64Array(snapshot.slots)
    for (const [s, own] of above.entries())
      if (own.has(feeder.name)) for (let t = 0; t < kw.length; t += 1) kw[t]! += bySite[s]![t]!
    return overrun(feeder.name, kw, (t) => feeder.limitKw[t]!)
  })
  return [...sites, ...feeders]
}

function overrun(place: string, kw: Float64Array, limit: (t: number) => number): Reason[] {
  const slot = kw.findIndex((used, t) => used > limit(t) + SLACK)
  return slot < 0 ? [] : [fault('power_exceeded', { place, slot, used: kw[slot]!, limit: limit(slot) })]
}

function quotaFaults(snapshot: Snapshot, lying: readonly Lying[]): Reason[] {
  return snapshot.participants.flatMap(({ name: participant, quotaChipHours: limit }) => {
    if (limit === undefined) return []
    const own = lying.filter(({ job }) => job.participant === participant)
    const used = own.reduce((sum, { way }) => sum + (way.chips * way.slots * snapshot.slotMinutes) / 60, 0)
    return used > limit + SLACK ? [fault('quota_exceeded', { participant, used, limit })] : []
  })
}
