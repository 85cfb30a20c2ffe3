import { expect, test } from 'vitest'
import { clockOf, clockTicks, minutesOf } from './clock.ts'

test.each([
  [0, '00:00'],
  [75, '01:15'],
  [1440, '24:00'],
  [2 * 1440 + 5, '48:05'],
])('%d minutes are %s and back', (minutes, clock) => {
  expect(clockOf(minutes)).toBe(clock)
  expect(minutesOf(clock)).toBe(minutes)
})

test.each(['', '1400', '14:60', '-1:00', '14:00:00'])('%j is no time', (clock) => {
  expect(minutesOf(clock)).toBeUndefined()
})

test('ticks are round and few', () => {
  expect(clockTicks(1440)).toEqual([0, 180, 360, 540, 720, 900, 1080, 1260, 1440])
  expect(clockTicks(90)).toEqual([0, 15, 30, 45, 60, 75, 90])
  expect(clockTicks(5)).toEqual([0, 1, 2, 3, 4, 5])
  expect(clockTicks(7 * 1440).length).toBeLessThan(9)
})
