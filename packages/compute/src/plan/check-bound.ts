import type { Job, Site, Snapshot } from '../model/snapshot.ts'
import { delayRates, earliestEnd, energyRates, moveYuan } from '../model/terms.ts'
import { type Way, waysOf } from '../model/way.ts'
import { heldPrice } from './held-price.ts'
import type { PlanPrices } from './plan.ts'

/** `full`: all costs; otherwise service alone, with what leaving a job out weighs. */
export interface BoundOf {
  readonly running: boolean
  readonly leaveOut: (job: Job, ways: readonly Way[]) => number
}

/**
 * The lower bound that prices prove: each job's cheapest way at these prices, minus what all limits are worth. One pass over
 * every column, from the snapshot alone; shares no code with the planner. Prices must have passed `priceFaults`.
 */
export function provedBound(snapshot: Snapshot, prices: PlanPrices, of: BoundOf): number {
  const sums = new Map(snapshot.sites.map((site) => [site.name, siteSums(snapshot, prices, site, of.running)]))
  let bound = -limitsWorth(snapshot, prices)
  for (const job of snapshot.jobs) {
    const ways = waysOf(snapshot, job)
    let least = of.leaveOut(job, ways)
    for (const way of ways) least = Math.min(least, cheapestStart({ snapshot, prices, job, ways, way, of }, sums))
    bound += least
  }
  return bound
}

interface SiteSums {
  readonly kw: readonly number[]
  /** By chip and how many of it a gang holds; filled as gangs are met. */
  readonly held: Map<string, readonly number[]>
}

/** Running sums over slots of what one kW of chips, and the chips of a gang, cost at a site. */
function siteSums(snapshot: Snapshot, prices: PlanPrices, site: Site, running: boolean): SiteSums {
  const { electricity, carbon } = energyRates(snapshot, site)
  const above = feedersAbove(snapshot, site).map((name) => prices.feeders[name]!)
  const kw = site.pue.map((pue, t) => {
    const feeders = above.reduce((sum, price) => sum + price[t]!, 0)
    const meter = prices.sites[site.name]![t]! + prices.demand[site.name]![t]! + feeders
    return pue * meter + (running ? electricity[t]! + carbon[t]! : 0)
  })
  return { kw: runningSums(kw), held: new Map() }
}

function heldSums({ held }: SiteSums, prices: PlanPrices, { site, pool, chips }: Way): readonly number[] {
  const key = `${pool.chip} ${chips}`
  const sums = held.get(key) ?? runningSums(heldPrice(prices, site, pool, chips))
  held.set(key, sums)
  return sums
}

function runningSums(values: readonly number[]): number[] {
  const sums = [0]
  for (const value of values) sums.push(sums.at(-1)! + value)
  return sums
}

/** Names of the feeders from a site up to the root. */
export function feedersAbove(snapshot: Snapshot, site: Site): string[] {
  const parents = new Map(snapshot.feeders.map((feeder) => [feeder.name, feeder.parent]))
  const names: string[] = []
  for (let name = site.feeder; name !== undefined; name = parents.get(name)) names.push(name)
  return names
}

interface Candidate {
  readonly snapshot: Snapshot
  readonly prices: PlanPrices
  readonly job: Job
  readonly ways: readonly Way[]
  readonly way: Way
  readonly of: BoundOf
}

function cheapestStart(candidate: Candidate, sums: ReadonlyMap<string, SiteSums>): number {
  const { snapshot, prices, job, ways, way, of } = candidate
  const site = sums.get(way.site.name)!
  const gang = heldSums(site, prices, way)
  const { delay, fairness } = delayRates(snapshot, job)
  const lateRate = of.running ? delay + fairness : 0
  const soonest = earliestEnd(job, ways)
  const hours = (way.chips * way.slots * snapshot.slotMinutes) / 60
  const fixed = hours * (prices.quota[job.participant] ?? 0) + (of.running ? moveYuan(snapshot, job, way) : 0)
  let least = Number.POSITIVE_INFINITY
  for (let start = job.release; start + way.slots <= job.deadline; start += 1) {
    const end = start + way.slots
    const held = gang[end]! - gang[start]! + way.kw * (site.kw[end]! - site.kw[start]!)
    least = Math.min(least, fixed + held + lateRate * (end - soonest))
  }
  return least
}

function limitsWorth(snapshot: Snapshot, prices: PlanPrices): number {
  const dot = (a: readonly number[], b: (t: number) => number): number => a.reduce((sum, x, t) => sum + x * b(t), 0)
  let yuan = 0
  for (const site of snapshot.sites) {
    yuan += dot(prices.sites[site.name]!, (t) => Math.max(0, site.envelopeKw[t]! - site.reserveKw[t]!))
    yuan += dot(prices.demand[site.name]!, () => site.billedPeakKw)
    for (const { chip, count } of site.pools) {
      yuan += dot(prices.chips[site.name]![chip]!, () => count)
      for (const [size, series] of Object.entries(prices.gangs?.[site.name]?.[chip] ?? {}))
        yuan += dot(series, () => Math.floor(count / Number(size)))
    }
  }
  for (const feeder of snapshot.feeders) yuan += dot(prices.feeders[feeder.name]!, (t) => feeder.limitKw[t]!)
  for (const { name, quotaChipHours } of snapshot.participants)
    if (quotaChipHours !== undefined) yuan += prices.quota[name]! * quotaChipHours
  return yuan
}
