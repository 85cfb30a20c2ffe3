import { expect, test } from 'vitest'
import { normalise } from '../match/plain-matcher.ts'
import { eventTimeOf, timeOf } from './event-time.ts'
import { loadMappings } from './mapping-files.ts'

const formats = await loadMappings()
const timeIn = (event: object): number => eventTimeOf(normalise(event, formats).view)
const iso = (time: number): string => (Number.isNaN(time) ? 'none' : new Date(time).toISOString())

test.each([
  ['2020-05-02 02:55:56.157', '2020-05-02T02:55:56.157Z'],
  ['2020-05-02T02:55:56,5', '2020-05-02T02:55:56.500Z'],
  ['2020-05-02T04:55:56.1234567+02:00', '2020-05-02T02:55:56.123Z'],
  ['2020-05-02T04:55:56+0200', '2020-05-02T02:55:56.000Z'],
  ['2020-05-02', '2020-05-02T00:00:00.000Z'],
  [1588388156, '2020-05-02T02:55:56.000Z'],
  ['1588388156.157', '2020-05-02T02:55:56.157Z'],
  [1588388156157, '2020-05-02T02:55:56.157Z'],
  [1588388156157000, '2020-05-02T02:55:56.157Z'],
  [1588388156000000000, '2020-05-02T02:55:56.000Z'],
  [' 2020-05-02 02:55:56 z', '2020-05-02T02:55:56.000Z'],
])('the time %s is %s', (value, expected) => expect(iso(timeOf(value))).toBe(expected))

test.each(['soon', '', null, undefined, true, -5, '2020-13-45', 0, '0', 1e300])('%s is no time', (value) =>
  expect(timeOf(value)).toBeNaN(),
)

const NEW_YEAR = '2024-01-01T00:00:00.000Z'

test.each<[string, object]>([
  ['RFC 3339', { '@timestamp': '2024-01-01T01:00:00+01:00' }],
  ['Sysmon, flat', { UtcTime: '2024-01-01 00:00:00.000', '@timestamp': '2024-01-02', EventTime: '2024-01-03' }],
  [
    'Sysmon in a log of Windows',
    { Event: { System: { Channel: 'x', TimeCreated: '2024-01-02' }, EventData: { UtcTime: '2024-01-01 00:00:00' } } },
  ],
  ['Sysmon by winlogbeat', { winlog: { channel: 'x', event_data: { UtcTime: NEW_YEAR } }, '@timestamp': '2024-01-02' }],
  ['a log of Windows', { Event: { System: { TimeCreated: { '#attributes': { SystemTime: NEW_YEAR } } } } }],
  ['CloudTrail', { eventTime: '2024-01-01T01:00:00.000+0100' }],
  ['Zeek', { _path: 'dns', ts: 1_704_067_200 }],
  ['a count as text', { time: '1704067200000000000' }],
  ['the next field where the first cannot be read', { '@timestamp': 'yesterday', timestamp: 1_704_067_200 }],
])('%s: the source says its time before the collector does', (_, event) => expect(iso(timeIn(event))).toBe(NEW_YEAR))

test.each<[string, object]>([
  ['no time', { a: 1 }],
  ['a clock that was never set', { ts: 0 }],
  ['a name that only every object has', { constructor: 1 }],
])('none: %s', (_, event) => expect(iso(timeIn(event))).toBe('none'))
