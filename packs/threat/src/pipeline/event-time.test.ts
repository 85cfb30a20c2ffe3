import { expect, test } from 'vitest'
import { eventTimeOf } from './event-time.ts'

const NEW_YEAR = Date.UTC(2024, 0, 1)
const nested = { Event: { System: { TimeCreated: { '#attributes': { SystemTime: '2024-01-01T00:00:00Z' } } } } }

test.each<[string, unknown]>([
  ['RFC 3339', { '@timestamp': '2024-01-01T01:00:00+01:00' }],
  ['a zone without a colon', { eventTime: '2024-01-01T01:00:00.000+0100' }],
  ['no zone: UTC', { UtcTime: '2024-01-01 00:00:00.000' }],
  ['an event log of Windows', nested],
  ['seconds', { ts: 1_704_067_200 }],
  ['seconds as text', { timestamp: '1704067200.000' }],
  ['milliseconds', { time: 1_704_067_200_000 }],
  ['microseconds', { timestamp: 1_704_067_200_000_000 }],
  ['nanoseconds as text', { time: '1704067200000000000' }],
  ['the next place where the first cannot be read', { '@timestamp': 'yesterday', ts: 1_704_067_200 }],
])('%s', (_, event) => {
  expect(eventTimeOf(event)).toBe(NEW_YEAR)
})

test.each<[string, unknown]>([
  ['no object', 7],
  ['no time', { a: 1 }],
  ['an empty text', { '@timestamp': '' }],
  ['zero, a clock that was never set', { ts: 0 }],
  ['a number before 1970', { ts: -5 }],
  ['a name that only every object has', { constructor: 1 }],
])('none: %s', (_, event) => {
  expect(eventTimeOf(event)).toBeUndefined()
})
