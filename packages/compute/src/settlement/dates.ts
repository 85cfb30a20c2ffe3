import { MINUTE } from './meter.ts'

const DAY = 24 * 60 * MINUTE

/** From a moment to before another, milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The date that a moment has there, as 2026-10-01. */
export function dateOf(at: number, utcOffsetMinutes: number): string {
  return new Date(at + utcOffsetMinutes * MINUTE).toISOString().slice(0, 10)
}

/** Every date that a span touches there, the earliest first. */
export function datesOf({ from, to }: Span, utcOffsetMinutes: number): string[] {
  const last = to - 1
  const days = Array.from({ length: Math.ceil((last - from) / DAY) }, (_, k) => from + k * DAY)
  return [...new Set([...days, last].map((at) => dateOf(at, utcOffsetMinutes)))]
}
