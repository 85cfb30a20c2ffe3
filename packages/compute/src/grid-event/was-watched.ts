import { firstMissing, type MeterSeries, MINUTE } from '../settlement/meter.ts'

/**
 * Whether a house saw the power of its sites in the minute in which an event begins, milliseconds since 1970. Of sites that it has
 * no chips at it keeps no power. Pure.
 */
export function wasWatched(power: readonly MeterSeries[], sites: readonly string[], from: number): boolean {
  const own = power.filter(({ site }) => sites.includes(site))
  return own.length > 0 && own.every((series) => firstMissing(series, from, from + MINUTE) === undefined)
}
