import type { FlowSecond } from '@dengta/sdk'

/** Five minutes. */
export const KEPT_SECONDS = 300

/** The seconds known so far and those just answered: the newer answer about a second counts, the oldest fall out. */
export function mergeSeconds(before: readonly FlowSecond[], after: readonly FlowSecond[]): readonly FlowSecond[] {
  const first = after[0]?.second ?? Number.POSITIVE_INFINITY
  const merged = [...before.filter(({ second }) => second < first), ...after]
  const last = merged.at(-1)?.second ?? 0
  return merged.filter(({ second }) => second > last - KEPT_SECONDS)
}

export interface FlowSeries {
  /** Second of the first value. */
  readonly first: number
  readonly events: readonly number[]
  readonly alerts: readonly number[]
  readonly findings: readonly number[]
  readonly bytes: readonly number[]
}

/** One value a second up to `now`, zero where nothing was told of it. The running second is left out: it is not over. */
export function flowSeries(seconds: readonly FlowSecond[], now: number): FlowSeries {
  const first = now - KEPT_SECONDS
  const known = new Map(seconds.map((each) => [each.second, each]))
  const column = (of: (second: FlowSecond) => number) =>
    Array.from({ length: KEPT_SECONDS }, (_, i) => {
      const found = known.get(first + i)
      return found ? of(found) : 0
    })
  return {
    first,
    events: column(({ accepted }) => accepted),
    alerts: column(({ alerts }) => alerts),
    findings: column(({ findings }) => findings),
    bytes: column(({ bytes }) => bytes),
  }
}

/** Seconds since the last event, or undefined where none came within the five minutes. */
export function quietFor(series: FlowSeries): number | undefined {
  const last = series.events.findLastIndex((events) => events > 0)
  return last < 0 ? undefined : series.events.length - 1 - last
}
