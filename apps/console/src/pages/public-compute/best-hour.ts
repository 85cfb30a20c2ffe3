import type { FreeBoard } from '@dengta/sdk'
import { byHour, least, meanByHour } from './hours.ts'

export interface BestHour {
  readonly site: string
  /** Hours after the start of the day. */
  readonly hour: number
  /** Free through the whole hour, of all types together. */
  readonly chips: number
  /** kg of CO2 and yuan for one kWh. */
  readonly carbon: number
  readonly price: number
}

/** The hour to come with the least carbon in which a site has a chip free; the earlier one of two alike. */
export function bestHour({ pools, sites, slotMinutes, now }: FreeBoard): BestHour | undefined {
  const first = Math.max(0, Math.ceil((now * slotMinutes) / 60))
  let best: BestHour | undefined
  for (const { site, carbonKgPerKwh, yuanPerKwh } of sites) {
    const [carbon, price] = [meanByHour(carbonKgPerKwh, slotMinutes), meanByHour(yuanPerKwh, slotMinutes)]
    const free = pools.filter((pool) => pool.site === site).map((pool) => byHour(pool.free, slotMinutes, least))
    for (let hour = first; hour < carbon.length; hour += 1) {
      const chips = free.reduce((sum, pool) => sum + pool[hour]!, 0)
      if (chips > 0 && (!best || carbon[hour]! < best.carbon))
        best = { site, hour, chips, carbon: carbon[hour]!, price: price[hour]! }
    }
  }
  return best
}
