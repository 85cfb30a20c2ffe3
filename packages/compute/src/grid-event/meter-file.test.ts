import { expect, test } from 'vitest'
import { readMeters } from './meter-file.ts'

const lines = (...all: string[]): string => ['time,site,kw', ...all, ''].join('\n')

test('reads each site as a series by minute; a minute that is not there stays unknown', () => {
  const meters = readMeters(
    lines('2026-11-22T08:02:00+08:00,north,3', '2026-11-22T00:00:00Z,north,1.5', '2026-11-22T00:00:00Z,west,'),
  )
  expect(meters).toEqual([
    { site: 'north', startsAt: Date.UTC(2026, 10, 22), kw: new Float64Array([1.5, Number.NaN, 3]) },
  ])
})

test.each([
  ['another header', 'time,kw\n', 'meter_header'],
  ['half a minute', lines('2026-11-22T00:00:30Z,north,1'), 'meter_line'],
  ['a time without an offset', lines('2026-11-22T00:00:00,north,1'), 'meter_line'],
  ['negative power', lines('2026-11-22T00:00:00Z,north,-1'), 'meter_line'],
  ['a day that no month has', lines('2026-02-30T00:00:00Z,north,1'), 'meter_line'],
  ['power in another notation', lines('2026-11-22T00:00:00Z,north,0x10'), 'meter_line'],
  ['power beyond any grid', lines('2026-11-22T00:00:00Z,north,1e308'), 'meter_line'],
  ['no power', lines('2026-11-22T00:00:00Z,north,x'), 'meter_line'],
  ['a minute twice', lines('2026-11-22T00:00:00Z,north,1', '2026-11-22T00:00:00Z,north,2'), 'meter_twice'],
  ['a year', lines('2025-11-22T00:00:00Z,north,1', '2026-11-22T00:00:00Z,north,2'), 'meter_long'],
])('%s is refused', (_, text, name) => {
  expect(() => readMeters(text)).toThrow(expect.objectContaining({ code: `grid_event.${name}` }))
})
