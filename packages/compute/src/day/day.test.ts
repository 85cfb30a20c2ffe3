import { expect, test } from 'vitest'
import { utcOffsetOf } from './day.ts'

test.each([
  ['2026-11-22T00:00:00Z', 0],
  ['2026-11-21T16:00:00Z', 480],
  ['2026-11-22T00:00:00+05:30', 330],
  ['2026-11-22T00:00:00-07:00', -420],
  ['2026-11-22T00:00:00+12:00', 720],
  ['2026-11-22T00:00:00-11:00', -660],
  ['2026-11-21T17:09:30Z', 411],
  ['1969-12-31T16:00:00Z', 480],
])('a day that begins at %s goes by the clock %i minutes ahead of UTC', (startsAt, minutes) => {
  expect(utcOffsetOf({ startsAt: new Date(startsAt) })).toBe(minutes)
})
