import type { Job, Snapshot } from '../model/snapshot.ts'
import { delayRates, earliestEnd, energyRates, moveYuan } from '../model/terms.ts'
import { type Way, waysOf } from '../model/way.ts'
import { feedersAbove } from '../plan/check-bound.ts'
import { heldPrice } from '../plan/held-price.ts'
import type { PlanPrices } from '../plan/plan.ts'

/** What one way and start of a job costs at the prices of a plan, part by part, in yuan. */
export interface PricedColumn {
  readonly way: Way
  readonly start: number
  readonly yuan: number
  readonly parts: {
    readonly energy: number
    readonly waiting: number
    /** Worth of the chips, and of the kW under site and feeder limits, to other jobs. */
    readonly chips: number
    readonly power: number
  }
}

/** Price at the meter of a site by slot, yuan for one kW: own limit, feeders above, demand charge. */
export function meterPrices(snapshot: Snapshot, prices: PlanPrices, siteName: string): number[] {
  const site = snapshot.sites.find(({ name }) => name === siteName)!
  const series = [
    prices.sites[siteName]!,
    prices.demand[siteName]!,
    ...feedersAbove(snapshot, site).map((name) => prices.feeders[name]!),
  ]
  return site.pue.map((_, t) => series.reduce((sum, each) => sum + each[t]!, 0))
}

export function priceColumn(
  snapshot: Snapshot,
  prices: PlanPrices,
  job: Job,
  { way, start }: Pick<PricedColumn, 'way' | 'start'>,
): PricedColumn {
  const { site, pool, kw, chips, slots } = way
  const rates = energyRates(snapshot, site)
  const meter = meterPrices(snapshot, prices, site.name)
  const held = heldPrice(prices, site, pool, chips)
  const over = (yuan: (t: number) => number): number =>
    Array.from({ length: slots }, (_, i) => yuan(start + i)).reduce((sum, each) => sum + each, 0)
  const { delay, fairness } = delayRates(snapshot, job)
  const late = start + slots - earliestEnd(job, waysOf(snapshot, job))
  const parts = {
    energy: kw * over((t) => rates.electricity[t]! + rates.carbon[t]!),
    waiting: (delay + fairness) * late + moveYuan(snapshot, job, way),
    chips: over((t) => held[t]!),
    power: kw * over((t) => site.pue[t]! * meter[t]!),
  }
  return { way, start, parts, yuan: parts.energy + parts.waiting + parts.chips + parts.power }
}

/** The cheapest column of a job among those that `wanted` lets through; undefined where none is. */
export function cheapestColumn(
  snapshot: Snapshot,
  prices: PlanPrices,
  job: Job,
  wanted: (way: Way, start: number) => boolean,
): PricedColumn | undefined {
  let best: PricedColumn | undefined
  for (const way of waysOf(snapshot, job))
    for (let start = job.release; start + way.slots <= job.deadline; start += 1) {
      if (!wanted(way, start)) continue
      const column = priceColumn(snapshot, prices, job, { way, start })
      if (!best || column.yuan < best.yuan) best = column
    }
  return best
}
