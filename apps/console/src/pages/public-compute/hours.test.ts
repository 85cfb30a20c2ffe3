import { expect, test } from 'vitest'
import { byHour, least, meanByHour } from './hours.ts'

test('an hour is free only as far as each of its slots is', () => {
  expect(byHour([8, 3, 8, 8, 5, 5, 5, 6], 15, least)).toEqual([3, 5])
  expect(byHour([8, 3, 7], 30, least)).toEqual([3, 7])
})

test('slots longer than an hour fill each hour that they cover', () => {
  expect(byHour([1, 2], 120, least)).toEqual([1, 1, 2, 2])
  expect(meanByHour([1, 2], 120)).toEqual([1, 1, 2, 2])
})

test('means are over the slots of the hour, also of the last one', () => {
  expect(meanByHour([1, 2, 3, 4, 9], 15)).toEqual([2.5, 9])
})

test('no slots, no hours', () => {
  expect([byHour([], 15, least), meanByHour([], 15)]).toEqual([[], []])
})
