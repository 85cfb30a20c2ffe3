import { epochMilliseconds } from './epoch-milliseconds.ts'
import type { Scalar } from './leaves.ts'

/** As much of a view of an event as is read here. */
interface Fields {
  values(field: string): readonly Scalar[]
}

/** Where events carry their time, the most trustworthy first: UTC before local time, the source before the collector. */
const FIELDS = [
  'UtcTime',
  'Event.System.TimeCreated.#attributes.SystemTime',
  'Event.System.TimeCreated.SystemTime',
  'TimeCreated',
  'eventTime',
  'ts',
  '@timestamp',
  'timestamp',
  'EventTime',
  'time',
] as const
/** The last time that a date can hold, ECMA-262. */
const LAST = 8.64e15
const COUNT = /^\d{9,19}(?:\.\d+)?$/
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)?)?$/i

/** Time of an event in milliseconds since 1970, read through its mapping; NaN where it has none that can be read. */
export function eventTimeOf(event: Fields): number {
  for (const field of FIELDS) {
    const time = timeOf(event.values(field)[0])
    if (!Number.isNaN(time)) return time
  }
  return Number.NaN
}

/**
 * Seconds, milli-, micro- or nanoseconds since 1970, or ISO 8601; without a zone it is taken as UTC. NaN for what is
 * neither, and for nought: a clock that was never set.
 */
export function timeOf(value: Scalar | undefined): number {
  if (typeof value === 'number') return fromCount(value)
  if (typeof value !== 'string' || value === '') return Number.NaN
  const text = value.trim()
  return COUNT.test(text) ? fromCount(Number(text)) : fromIso(text)
}

function fromCount(count: number): number {
  const time = count === 0 ? Number.NaN : epochMilliseconds(count)
  return time <= LAST ? time : Number.NaN
}

function fromIso(text: string): number {
  const [, date, clock = '00:00', zone = 'Z'] = ISO.exec(text) ?? []
  if (date === undefined) return Number.NaN
  return Date.parse(`${date}T${clock.replace(',', '.')}${zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
}
