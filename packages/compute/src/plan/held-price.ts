import type { Pool, Site } from '../model/snapshot.ts'
import type { PlanPrices } from './plan.ts'

/**
 * Yuan for a gang to hold `chips` of a pool, by slot: each chip, and its share of the whole gangs of every priced size. The sum of
 * shares that fit side by side never exceeds the whole gangs (mixed-integer rounding), so these prices prove a bound like others.
 */
export function heldPrice(prices: PlanPrices, site: Site, { chip, count }: Pool, chips: number): number[] {
  const gangs = Object.entries(prices.gangs?.[site.name]?.[chip] ?? {})
  return prices.chips[site.name]![chip]!.map((each, t) =>
    gangs.reduce((sum, [size, series]) => sum + gangShare(chips, Number(size), count) * series[t]!, chips * each),
  )
}

/** What one gang of `chips` takes of the `floor(count / size)` whole gangs of `size` chips that a pool has room for. */
function gangShare(chips: number, size: number, count: number): number {
  const left = count % size
  const whole = Math.floor(chips / size)
  return whole + Math.max(0, (chips % size) - left) / (size - left)
}
