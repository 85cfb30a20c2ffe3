import { energyRates } from '../model/terms.ts'
import type { Way } from '../model/way.ts'
import { type Block, type Capacity, hasRoom } from '../online/capacity.ts'

/** A way of a job with its start, as a simple policy sees it (window slots). */
export interface Column {
  readonly way: Way
  readonly start: number
}

/** Yuan of electricity for one kW of chips, summed up to each slot, by site. */
export type EnergySums = ReadonlyMap<string, Float64Array>

export function energySums({ window }: Capacity): EnergySums {
  const yuan = new Map<string, Float64Array>()
  for (const site of window.sites) {
    const { electricity } = energyRates(window, site)
    const sums = new Float64Array(window.slots + 1)
    for (let t = 0; t < window.slots; t += 1) sums[t + 1] = sums[t]! + electricity[t]!
    yuan.set(site.name, sums)
  }
  return yuan
}

/** Electricity of a column, yuan. */
export function electricityOf(energy: EnergySums, { way, start }: Column): number {
  const sums = energy.get(way.site.name)!
  return way.kw * (sums[start + way.slots]! - sums[start]!)
}

export function blockAt({ way, start }: Column): Block {
  const { site, pool, chips, kw, slots } = way
  return { site: site.name, chip: pool.chip, chips, kw, from: start, to: start + slots }
}

/** Of each pool the fastest level, of equal ones that with most power: how a machine without power caps runs. */
export function fastest(ways: readonly Way[]): Way[] {
  const best = new Map<Way['pool'], Way>()
  for (const way of ways) {
    const own = best.get(way.pool)
    if (!own || way.slots < own.slots || (way.slots === own.slots && way.kw > own.kw)) best.set(way.pool, way)
  }
  return [...best.values()]
}

export interface Choice {
  /** First and last start that a way may have. */
  readonly starts: (way: Way) => readonly [number, number]
  readonly score: (column: Column) => number
  /** What must hold beside room for chips and power; asked last. */
  readonly allowed?: ((column: Column) => boolean) | undefined
}

/** Least score among the columns that fit, the earlier one where two are equal; undefined where none fits. */
export function bestFit(
  capacity: Capacity,
  ways: readonly Way[],
  { starts, score, allowed }: Choice,
): Column | undefined {
  let best: Column | undefined
  let least = Number.POSITIVE_INFINITY
  for (const way of ways) {
    const [first, last] = starts(way)
    for (let start = first; start <= last; start += 1) {
      const column = { way, start }
      const own = score(column)
      if (own < least && hasRoom(capacity, blockAt(column)) && (allowed?.(column) ?? true)) {
        best = column
        least = own
      }
    }
  }
  return best
}
