import type { PlanPrices } from './plan.ts'
import type { Prices } from './prices.ts'
import type { Problem } from './problem.ts'

/** Prices by the names of sites, chips, feeders and participants, at full precision. */
export function namePrices(problem: Problem, prices: Prices): PlanPrices {
  const { snapshot, slots } = problem
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
    gangs: nameGangs(problem, prices),
    sites: Object.fromEntries(sites.map((site, s) => [site.name, row(prices.power, s)])),
    feeders: Object.fromEntries(feeders.map((feeder, f) => [feeder.name, row(prices.power, sites.length + f)])),
    quota: Object.fromEntries(limited.map((each, q) => [each.name, prices.quota[q]!])),
    demand: Object.fromEntries(sites.map((site, s) => [site.name, row(prices.demand, s)])),
  }
}

/** Only rows that have a price in some slot: most have none. */
function nameGangs({ snapshot, slots, gangPool, gangSize }: Problem, { gangs }: Prices): NamedGangs {
  const places = snapshot.sites.flatMap(({ name, pools }) => pools.map(({ chip }) => ({ name, chip })))
  const named: Record<string, Record<string, Record<string, readonly number[]>>> = {}
  for (const [row, pool] of gangPool.entries()) {
    const series = [...gangs.subarray(row * slots, (row + 1) * slots)]
    if (series.every((price) => price === 0)) continue
    const { name, chip } = places[pool]!
    const site = named[name] ?? {}
    named[name] = { ...site, [chip]: { ...site[chip], [String(gangSize[row])]: series } }
  }
  return named
}

type NamedGangs = NonNullable<PlanPrices['gangs']>
