import type { PlanPrices } from './plan.ts'
import type { Prices } from './prices.ts'
import type { Problem } from './problem.ts'

/** Prices by the names of sites, chips, feeders and participants, at full precision. */
export function namePrices({ snapshot, slots }: Problem, prices: Prices): PlanPrices {
  const { sites, feeders, participants } = snapshot
  const row = (table: Float64Array, i: number): number[] => [...table.subarray(i * slots, (i + 1) * slots)]
  const pools = sites.flatMap((site) => site.pools)
  const limited = participants.filter((each) => each.quotaChipHours !== undefined)
  return {
    chips: Object.fromEntries(
      sites.map((site) => [
        site.name,
        Object.fromEntries(site.pools.map((pool) => [pool.chip, row(prices.chips, pools.indexOf(pool))])),
      ]),
    ),
    sites: Object.fromEntries(sites.map((site, s) => [site.name, row(prices.power, s)])),
    feeders: Object.fromEntries(feeders.map((feeder, f) => [feeder.name, row(prices.power, sites.length + f)])),
    quota: Object.fromEntries(limited.map((each, q) => [each.name, prices.quota[q]!])),
    demand: Object.fromEntries(sites.map((site, s) => [site.name, row(prices.demand, s)])),
  }
}
