import { expect, test } from 'vitest'
import { timePartOf } from './time-part.ts'

test.each<[string | number, number | undefined, number | undefined]>([
  ['2024-03-01T10:20:30Z', 10, 20],
  ['2024-03-01T10:20:30.123456z', 10, 20],
  ['2024-03-01T23:20:30-05:30', 4, 50],
  ['2024-03-01 10:20:30', 10, 20],
  ['2024-03-01 10:20:30.123', 10, 20],
  ['2024-03-01T10:20:30+0800', 2, 20],
  ['2024-03-01', 0, 0],
  ['Fri, 01 Mar 2024 10:20:30 GMT', 10, 20],
  ['Fri, 01 Mar 2024 10:20:30 +0100', 9, 20],
  [1_709_288_430, 10, 20],
  [1_709_288_430.5, 10, 20],
  [1_709_288_430_123, 10, 20],
  ['yesterday', undefined, undefined],
  ['Zone 2024', undefined, undefined],
  ['version 5 of 2024', undefined, undefined],
  ['', undefined, undefined],
  [-1, undefined, undefined],
  [Number.POSITIVE_INFINITY, undefined, undefined],
])('hour and minute of %s', (when, hour, minute) => {
  expect([timePartOf('hour', when), timePartOf('minute', when)]).toEqual([hour, minute])
})

test.each([
  ['2024-12-30', 1, 12, 2024, 30],
  ['2021-01-03', 53, 1, 2021, 3],
  ['2020-02-29', 9, 2, 2020, 29],
])('week, month, year and day of %s', (when, ...expected) => {
  expect((['week', 'month', 'year', 'day'] as const).map((unit) => timePartOf(unit, when))).toEqual(expected)
})
