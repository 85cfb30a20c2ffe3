import { epochMilliseconds } from '../normalise/epoch-milliseconds.ts'
import type { Scalar } from '../normalise/leaves.ts'
import type { FieldReader } from './routes.ts'

/** Where events carry their time, the most trustworthy first: UTC before local time, the source before the collector. */
const PATHS = [
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

/** Time of an event in milliseconds since 1970; NaN where it has none that can be read. */
export function eventTimeOf(read: FieldReader): number {
  for (const path of PATHS) {
    const time = timeOf(read(path))
    if (!Number.isNaN(time)) return time
  }
  return Number.NaN
}

/** Seconds, milli-, micro- or nanoseconds since 1970, or ISO 8601; without a zone it is taken as UTC. */
export function timeOf(value: Scalar | undefined): number {
  if (typeof value === 'number') return epochMilliseconds(value)
  if (typeof value !== 'string' || value === '') return Number.NaN
  if (/^\d{9,19}(?:\.\d+)?$/.test(value)) return epochMilliseconds(Number(value))
  const [, date, clock = '00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)?)?$/.exec(value) ?? []
  return date
    ? Date.parse(`${date}T${clock.replace(',', '.')}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`)
    : Number.NaN
}
