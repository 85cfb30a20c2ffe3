import type { Job, Snapshot } from '../model/snapshot.ts'
import { delayRates, earliestEnd, energyRates, moveYuan, unservedYuan } from '../model/terms.ts'
import { type Way, waysOf } from '../model/way.ts'
import { type GangRows, gangRowsOf } from './gang-rows.ts'
import { type Loads, loadsOf } from './loads.ts'

/**
 * A snapshot laid out for speed. Series lie slot by slot: row `i` of a table holds `slots` values from `i * slots`.
 * Power nodes are the sites, then the feeders; `parent` is a node or -1. Ways of job `j` are `firstWay[j] .. firstWay[j + 1]`.
 */
export interface Problem extends GangRows, Loads {
  readonly snapshot: Snapshot
  readonly slots: number
  readonly jobs: number
  readonly sites: number
  readonly pools: number
  readonly nodes: number
  readonly poolSite: Int32Array
  /** Chips that may be taken, by pool and slot. */
  readonly chipLimit: Float64Array
  /** kW at the meter that may be taken, by node and slot, reserve already taken off. */
  readonly limitKw: Float64Array
  /** kW at the meter that each site draws already, by site and slot. */
  readonly drawnKw: Float64Array
  readonly parent: Int32Array
  /** Nodes from each site upward, the site first. */
  readonly chains: readonly Int32Array[]
  readonly pue: Float64Array
  /** Yuan for one kW of chips through each slot, by site: electricity and carbon. */
  readonly energyYuan: Float64Array
  readonly ways: readonly Way[]
  readonly firstWay: Int32Array
  readonly wayPool: Int32Array
  readonly waySlots: Int32Array
  readonly wayChips: Float64Array
  readonly wayKw: Float64Array
  readonly wayMoveYuan: Float64Array
  readonly release: Int32Array
  readonly deadline: Int32Array
  readonly earliestEnd: Int32Array
  /** Yuan for each slot of ending later: delay and fairness. */
  readonly delayYuan: Float64Array
  readonly unservedYuan: Float64Array
  /** Row of the participant's quota, or -1. */
  readonly quotaOf: Int32Array
  readonly quotaHours: Float64Array
  /** Chip-hours of a way against its quota. */
  readonly wayHours: Float64Array
}

/** Chips and power that are not the plan's to give, by row as in a `Problem`: what runs already, and what is broken. */
export interface Taken {
  readonly chips: Float64Array
  readonly kw: Float64Array
}

export function problemOf(snapshot: Snapshot, taken?: Taken): Problem {
  const places = layPlaces(snapshot, taken)
  const ways = snapshot.jobs.map((job) => waysOf(snapshot, job))
  const laid = layWays(snapshot, ways)
  const { slots } = snapshot
  const counts = taken ? undefined : snapshot.sites.flatMap(({ pools }) => pools.map(({ count }) => count))
  const gangs = gangRowsOf({ ways: laid.ways, wayPool: laid.wayPool, counts, slots })
  return {
    snapshot,
    slots,
    ...places,
    ...laid,
    ...gangs,
    ...loadsOf(gangs.wayKind, laid.wayKw),
    ...layJobs(snapshot, ways),
  }
}

function layPlaces(snapshot: Snapshot, taken: Taken | undefined) {
  const { sites, feeders, slots } = snapshot
  const pools = sites.flatMap((site, s) => site.pools.map((pool) => ({ s, count: pool.count })))
  const node = (name: string | undefined): number =>
    name === undefined ? -1 : sites.length + feeders.findIndex((feeder) => feeder.name === name)
  const parent = Int32Array.from([...sites.map((site) => node(site.feeder)), ...feeders.map((f) => node(f.parent))])
  const limits = [
    ...sites.map((site) => site.envelopeKw.map((kw, t) => Math.max(0, kw - site.reserveKw[t]!))),
    ...feeders.map((feeder) => feeder.limitKw),
  ]
  const rates = sites.map((site) => energyRates(snapshot, site))
  return {
    sites: sites.length,
    pools: pools.length,
    nodes: parent.length,
    poolSite: Int32Array.from(pools, (pool) => pool.s),
    chipLimit: less(
      pools.flatMap(({ count }) => Array<number>(slots).fill(count)),
      taken?.chips,
    ),
    limitKw: less(limits.flat(), taken?.kw),
    drawnKw: taken?.kw.slice(0, sites.length * slots) ?? new Float64Array(sites.length * slots),
    parent,
    chains: sites.map((_, s) => chainOf(parent, s)),
    pue: Float64Array.from(sites.flatMap((site) => site.pue)),
    energyYuan: Float64Array.from(rates.flatMap((rate) => rate.electricity.map((yuan, t) => yuan + rate.carbon[t]!))),
  }
}

function less(limits: readonly number[], taken: Float64Array | undefined): Float64Array {
  return Float64Array.from(limits, (limit, i) => Math.max(0, limit - (taken?.[i] ?? 0)))
}

function chainOf(parent: Int32Array, site: number): Int32Array {
  const chain: number[] = []
  for (let node = site; node >= 0; node = parent[node]!) chain.push(node)
  return Int32Array.from(chain)
}

function layWays(snapshot: Snapshot, waysByJob: readonly (readonly Way[])[]) {
  const ways = waysByJob.flat()
  const poolAt = new Map(snapshot.sites.flatMap((site) => site.pools).map((pool, p) => [pool, p]))
  const firstWay = new Int32Array(waysByJob.length + 1)
  for (const [j, own] of waysByJob.entries()) firstWay[j + 1] = firstWay[j]! + own.length
  const hours = snapshot.slotMinutes / 60
  return {
    ways,
    firstWay,
    wayPool: Int32Array.from(ways, (way) => poolAt.get(way.pool)!),
    waySlots: Int32Array.from(ways, (way) => way.slots),
    wayChips: Float64Array.from(ways, (way) => way.chips),
    wayKw: Float64Array.from(ways, (way) => way.kw),
    wayHours: Float64Array.from(ways, (way) => way.chips * way.slots * hours),
    wayMoveYuan: Float64Array.from(
      waysByJob.flatMap((own, j) => own.map((way) => moveYuan(snapshot, snapshot.jobs[j]!, way))),
    ),
  }
}

function layJobs(snapshot: Snapshot, ways: readonly (readonly Way[])[]) {
  const { jobs, participants } = snapshot
  const limited = participants.filter((each) => each.quotaChipHours !== undefined)
  const quotaRow = new Map(limited.map((each, row) => [each.name, row]))
  const rateOf = (job: Job): number => {
    const { delay, fairness } = delayRates(snapshot, job)
    return delay + fairness
  }
  return {
    jobs: jobs.length,
    release: Int32Array.from(jobs, (job) => job.release),
    deadline: Int32Array.from(jobs, (job) => job.deadline),
    earliestEnd: Int32Array.from(jobs, (job, j) => (ways[j]!.length > 0 ? earliestEnd(job, ways[j]!) : 0)),
    delayYuan: Float64Array.from(jobs, rateOf),
    unservedYuan: Float64Array.from(jobs, (job, j) => unservedYuan(snapshot, job, ways[j]!)),
    quotaOf: Int32Array.from(jobs, (job) => quotaRow.get(job.participant) ?? -1),
    quotaHours: Float64Array.from(limited, (each) => each.quotaChipHours!),
  }
}
