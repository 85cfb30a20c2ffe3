import { correlationErrors } from './correlation-errors.ts'

/** Seconds of each unit; a month and a year are mean Gregorian ones, as in pySigma. */
const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
}

/** `90m` in milliseconds. Throws bad_value. */
export function readTimespan(raw: unknown): number {
  const [, count = '', unit = ''] = (typeof raw === 'string' && /^(\d{1,9})([smhdwMy])$/.exec(raw)) || []
  const milliseconds = Number(count) * (UNITS[unit] ?? 0) * 1000
  if (milliseconds > 0) return milliseconds
  throw correlationErrors.bad_value({
    what: 'timespan',
    value: JSON.stringify(raw) ?? 'undefined',
    takes: '30s, 5m, 1h, 7d, 2w, 1M, 1y',
  })
}
