import type { Job, Site, Snapshot } from '../model/snapshot.ts'
import { delayRates, earliestEnd, energyRates, moveYuan } from '../model/terms.ts'
import { type Way, waysOf } from '../model/way.ts'
import { heldPrice } from './held-price.ts'
import type { PlanPrices } from './plan.ts'
import { stretchSums } from './stretch-sums.ts'

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
  const priced: Priced = {
    ...{ snapshot, prices, of },
    sites: new Map(snapshot.sites.map((site) => [site.name, sitePrices(snapshot, prices, site, of.running)])),
    quota: quotaPrices(snapshot, prices),
  }
  return snapshot.jobs.reduce((bound, job) => bound + cheapest(priced, job), -limitsWorth(snapshot, prices))
}

/** What each job pays. */
interface Priced {
  readonly snapshot: Snapshot
  readonly prices: PlanPrices
  readonly of: BoundOf
  readonly sites: ReadonlyMap<string, SitePrices>
  readonly quota: ReadonlyMap<string, number>
}

/** By slot: yuan for one kW of chips, and for the chips of a gang, by chip and how many; filled as gangs are met. */
interface SitePrices {
  readonly kw: readonly number[]
  readonly held: Map<string, readonly number[]>
}

function sitePrices(snapshot: Snapshot, prices: PlanPrices, site: Site, running: boolean): SitePrices {
  const { electricity, carbon } = energyRates(snapshot, site)
  const above = feedersAbove(snapshot, site).map((name) => prices.feeders[name]!)
  const kw = site.pue.map((pue, t) => {
    const feeders = above.reduce((sum, price) => sum + price[t]!, 0)
    const meter = prices.sites[site.name]![t]! + prices.demand[site.name]![t]! + feeders
    return pue * meter + (running ? electricity[t]! + carbon[t]! : 0)
  })
  return { kw, held: new Map() }
}

/** Of those participants alone that have a quota: what no limit is worth, nobody pays for. */
function quotaPrices({ participants }: Snapshot, prices: PlanPrices): Map<string, number> {
  const limited = participants.filter(({ quotaChipHours }) => quotaChipHours !== undefined)
  return new Map(limited.map(({ name }) => [name, prices.quota[name]!]))
}

function heldPrices({ prices, sites }: Priced, { site, pool, chips }: Way): readonly number[] {
  const { held } = sites.get(site.name)!
  const key = `${pool.chip} ${chips}`
  const yuan = held.get(key) ?? heldPrice(prices, site, pool, chips)
  held.set(key, yuan)
  return yuan
}

/** Names of the feeders from a site up to the root. */
export function feedersAbove(snapshot: Snapshot, site: Site): string[] {
  const parents = new Map(snapshot.feeders.map((feeder) => [feeder.name, feeder.parent]))
  const names: string[] = []
  for (let name = site.feeder; name !== undefined; name = parents.get(name)) names.push(name)
  return names
}

/** A job with what it pays for each slot of ending later than it could, and for each chip-hour of its quota. */
interface PricedJob {
  readonly job: Job
  readonly soonest: number
  readonly lateYuan: number
  readonly hourYuan: number
}

/** Left out, or in the cheapest of its columns. */
function cheapest(priced: Priced, job: Job): number {
  const { snapshot, of, quota } = priced
  const ways = waysOf(snapshot, job)
  const { delay, fairness } = delayRates(snapshot, job)
  const lateYuan = of.running ? delay + fairness : 0
  const own = { job, soonest: earliestEnd(job, ways), lateYuan, hourYuan: quota.get(job.participant) ?? 0 }
  return ways.reduce((least, way) => Math.min(least, cheapestStart(priced, own, way)), of.leaveOut(job, ways))
}

function cheapestStart(priced: Priced, { job, soonest, lateYuan, hourYuan }: PricedJob, way: Way): number {
  const { snapshot, of, sites } = priced
  const { kw } = sites.get(way.site.name)!
  const held = heldPrices(priced, way)
  const yuan = new Float64Array(job.deadline - job.release)
  for (let t = 0; t < yuan.length; t += 1) yuan[t] = held[job.release + t]! + way.kw * kw[job.release + t]!
  const sums = stretchSums(yuan, way.slots)
  const late = job.release + way.slots - soonest
  let least = Number.POSITIVE_INFINITY
  for (let t = 0; t < sums.length; t += 1) least = Math.min(least, sums[t]! + lateYuan * (late + t))
  const hours = (way.chips * way.slots * snapshot.slotMinutes) / 60
  return least + hours * hourYuan + (of.running ? moveYuan(snapshot, job, way) : 0)
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
