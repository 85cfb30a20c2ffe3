import type { Placement, Snapshot } from './snapshot.ts'
import {
  delayRates,
  demandYuan,
  earliestEnd,
  energyRates,
  moveYuan,
  rampYuan,
  type Terms,
  unservedYuan,
} from './terms.ts'
import { gangOf, wayOf, waysOf } from './way.ts'

/** Power at the meter of every site by slot, kW, in the order of the snapshot's sites. */
export function powerBySite(snapshot: Snapshot, placements: readonly Placement[]): Float64Array[] {
  const jobs = new Map(snapshot.jobs.map((job) => [job.name, job]))
  return snapshot.sites.map((site) => {
    const kw = new Float64Array(snapshot.slots)
    for (const placement of placements) {
      if (placement.site !== site.name) continue
      const job = jobs.get(placement.job)!
      const { chips } = gangOf(job, placement)
      const { watts } = snapshot.classes[job.class]![placement.chip]![placement.level]!
      for (let t = placement.start; t < placement.start + placement.slots; t += 1)
        kw[t]! += (chips * watts * site.pue[t]!) / 1000
    }
    return kw
  })
}

/** The terms of a set of placements, from the snapshot alone. Each placement is one of its job's ways. */
export function termsOf(snapshot: Snapshot, placements: readonly Placement[]): Terms {
  const placed = new Map(placements.map((placement) => [placement.job, placement]))
  const rates = new Map(snapshot.sites.map((site) => [site.name, energyRates(snapshot, site)]))
  const sum = { unserved: 0, delay: 0, electricity: 0, carbon: 0, fairness: 0, moves: 0 }
  for (const job of snapshot.jobs) {
    const ways = waysOf(snapshot, job)
    const placement = placed.get(job.name)
    const way = placement && wayOf(ways, placement)
    if (!placement || !way) {
      sum.unserved += unservedYuan(snapshot, job, ways)
      continue
    }
    const late = placement.start + way.slots - earliestEnd(job, ways)
    const { delay, fairness } = delayRates(snapshot, job)
    const { electricity, carbon } = rates.get(placement.site)!
    sum.delay += delay * late
    sum.fairness += fairness * late
    sum.moves += moveYuan(snapshot, job, way)
    sum.electricity += way.kw * sumOver(electricity, placement)
    sum.carbon += way.kw * sumOver(carbon, placement)
  }
  return { ...sum, ...siteTerms(snapshot, placements) }
}

function siteTerms(snapshot: Snapshot, placements: readonly Placement[]): Pick<Terms, 'grid' | 'demandCharge'> {
  let grid = 0
  let demandCharge = 0
  for (const [s, kw] of powerBySite(snapshot, placements).entries()) {
    grid += rampYuan(snapshot, snapshot.sites[s]!, kw)
    demandCharge += demandYuan(snapshot.sites[s]!, kw)
  }
  return { grid, demandCharge }
}

function sumOver(rates: readonly number[], { start, slots }: Placement): number {
  let sum = 0
  for (let t = start; t < start + slots; t += 1) sum += rates[t]!
  return sum
}
