import { timeOf } from '../normalise/event-time.ts'
import type { TimeUnit } from '../rule/value.ts'

/** Dates of mail and HTTP (RFC 5322), which say their zone. */
const ZONE = /(?:GMT|UTC|[+-]\d{4})$/

/**
 * The named part of a point in time, in UTC; weeks are ISO 8601 weeks. A text without zone is UTC, a number counts from 1970.
 * Undefined where it is no date.
 */
export function timePartOf(unit: TimeUnit, when: string | number): number | undefined {
  const known = timeOf(when)
  const time = new Date(Number.isNaN(known) && typeof when === 'string' && ZONE.test(when) ? when : known)
  if (Number.isNaN(time.getTime())) return undefined
  switch (unit) {
    case 'minute':
      return time.getUTCMinutes()
    case 'hour':
      return time.getUTCHours()
    case 'day':
      return time.getUTCDate()
    case 'week':
      return isoWeek(time)
    case 'month':
      return time.getUTCMonth() + 1
    case 'year':
      return time.getUTCFullYear()
  }
}

const DAY = 86_400_000

function isoWeek(time: Date): number {
  const midnight = Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate())
  const thursday = midnight + (3 - ((time.getUTCDay() + 6) % 7)) * DAY
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)
  return 1 + Math.floor((thursday - newYear) / (7 * DAY))
}
