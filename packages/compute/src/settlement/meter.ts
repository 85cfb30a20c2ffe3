/** Power at the meter of one site, one value a minute, kW; NaN where the meter gave none. */
export interface MeterSeries {
  readonly site: string
  /** Start of the first minute, milliseconds since 1970. */
  readonly startsAt: number
  readonly kw: ArrayLike<number>
}

export const MINUTE = 60_000

/** The minutes from `from` to before `to`; undefined where one of them is missing. */
export function minutesOf(series: MeterSeries, from: number, to: number): Float64Array | undefined {
  const first = Math.round((from - series.startsAt) / MINUTE)
  const count = Math.round((to - from) / MINUTE)
  if (first < 0 || count <= 0 || first + count > series.kw.length) return undefined
  const minutes = Float64Array.from({ length: count }, (_, i) => series.kw[first + i]!)
  return minutes.some(Number.isNaN) ? undefined : minutes
}

/** The first minute from `from` to before `to` that the meter did not give, milliseconds since 1970; undefined where none is missing. */
export function firstMissing(series: MeterSeries | undefined, from: number, to: number): number | undefined {
  for (let at = from; at < to; at += MINUTE) {
    const kw = series?.kw[Math.round((at - series.startsAt) / MINUTE)]
    if (kw === undefined || Number.isNaN(kw)) return at
  }
  return undefined
}

export const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
