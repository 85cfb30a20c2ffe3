import type { Job, Snapshot } from '../model/snapshot.ts'
import { delayRates, earliestEnd, energyRates, moveYuan } from '../model/terms.ts'
import { type Way, waysOf } from '../model/way.ts'
import { feedersAbove } from '../plan/check-bound.ts'
import { heldPrice } from '../plan/held-price.ts'
import type { PlanPrices } from '../plan/plan.ts'
import { stretchSums } from '../plan/stretch-sums.ts'

/** What one way and start of a job costs at the prices of a plan, part by part, in yuan. */
export interface PricedColumn {
  readonly way: Way
  readonly start: number
  readonly yuan: number
  readonly parts: {
    /** Electricity with its share of the demand charge, and carbon. */
    readonly energy: number
    readonly waiting: number
    /** Worth of the chips (and of chip-hours, where a quota binds), and of the kW under site and feeder limits, to other jobs. */
    readonly chips: number
    readonly power: number
  }
}

/** What one more kW under the limit of a site, and of the feeders above it, is worth by slot, yuan at the meter. */
export function limitPrices(snapshot: Snapshot, prices: PlanPrices, siteName: string): number[] {
  const site = snapshot.sites.find(({ name }) => name === siteName)!
  const series = [prices.sites[siteName]!, ...feedersAbove(snapshot, site).map((name) => prices.feeders[name]!)]
  return site.pue.map((_, t) => series.reduce((sum, each) => sum + each[t]!, 0))
}

/** The columns of a job at the prices of a plan. */
export interface PricedColumns {
  readonly ways: readonly Way[]
  /** One of the ways, from a slot on. */
  readonly at: (way: Way, start: number) => PricedColumn
  /** The cheapest that `wanted` lets through; undefined where none is. */
  readonly cheapest: (wanted: (way: Way, start: number) => boolean) => PricedColumn | undefined
}

/** Each way is priced for all its starts at once, so that a month costs no more than its slots. */
export function pricedColumns(snapshot: Snapshot, prices: PlanPrices, job: Job): PricedColumns {
  const ways = waysOf(snapshot, job)
  const soonest = earliestEnd(job, ways)
  const { delay, fairness } = delayRates(snapshot, job)
  const hourYuan = quotaPrice(snapshot, prices, job)
  const sums = new Map<Way, WaySums>()
  const at = (way: Way, start: number): PricedColumn => {
    const own = sums.get(way) ?? sumsOf(snapshot, prices, way)
    sums.set(way, own)
    const parts = {
      energy: own.energy[start]!,
      waiting: (delay + fairness) * (start + way.slots - soonest) + moveYuan(snapshot, job, way),
      chips: own.chips[start]! + (hourYuan * way.chips * way.slots * snapshot.slotMinutes) / 60,
      power: own.power[start]!,
    }
    return { way, start, parts, yuan: parts.energy + parts.waiting + parts.chips + parts.power }
  }
  const cheapest: PricedColumns['cheapest'] = (wanted) => {
    let best: PricedColumn | undefined
    for (const way of ways)
      for (let start = job.release; start + way.slots <= job.deadline; start += 1) {
        if (!wanted(way, start)) continue
        const column = at(way, start)
        if (!best || column.yuan < best.yuan) best = column
      }
    return best
  }
  return { ways, at, cheapest }
}

/** Yuan for one chip-hour of the participant's quota; nothing where it has none. */
function quotaPrice({ participants }: Snapshot, prices: PlanPrices, { participant }: Job): number {
  const own = participants.find(({ name }) => name === participant)
  return own?.quotaChipHours === undefined ? 0 : prices.quota[participant]!
}

/** Yuan of a way by the slot in which it starts. */
type WaySums = Readonly<Record<'energy' | 'chips' | 'power', Float64Array>>

function sumsOf(snapshot: Snapshot, prices: PlanPrices, { site, pool, kw, chips, slots }: Way): WaySums {
  const { electricity, carbon } = energyRates(snapshot, site)
  const demand = prices.demand[site.name]!
  const sums = (yuan: readonly number[]): Float64Array => stretchSums(Float64Array.from(yuan), slots)
  return {
    energy: sums(electricity.map((each, t) => kw * (each + carbon[t]! + site.pue[t]! * demand[t]!))),
    chips: sums(heldPrice(prices, site, pool, chips)),
    power: sums(limitPrices(snapshot, prices, site.name).map((each, t) => kw * site.pue[t]! * each)),
  }
}
