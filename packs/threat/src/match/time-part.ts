import type { TimeUnit } from '../rule/value.ts'

/** The named part of a point in time, in UTC; weeks are ISO 8601 weeks. Undefined where the text is no date. */
export function timePartOf(unit: TimeUnit, text: string): number | undefined {
  const time = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}Z`)
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
