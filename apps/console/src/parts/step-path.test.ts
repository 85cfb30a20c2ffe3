import { expect, test } from 'vitest'
import { brokenLine, stepArea, stepBand, stepLine, upFrom } from './step-path.ts'

const y = upFrom(10)

test('a step holds its value through its slot', () => {
  expect(stepLine([1, 5, 2], y)).toBe('M0 90H1V50H2V80H3')
})

test('equal neighbours are one stroke, so that a flat day is a short path', () => {
  expect(stepLine([3, 3, 3, 4], y)).toBe('M0 70H3V60H4')
})

test('an area closes at the bottom, a band along its lower line', () => {
  expect(stepArea([1, 5], y)).toBe('M0 90H1V50H2V100H0Z')
  expect(stepBand([1, 2], [3, 4], y)).toBe('M0 70H1V60H2L2 80H1V90H0Z')
})

test('nothing draws nothing, and a scale without values still is one', () => {
  expect([stepLine([], y), stepArea([], y), stepBand([], [], y)]).toEqual(['', '', ''])
  expect(upFrom(0)(0)).toBe(100)
})

test('a broken line is drawn only where there is a value', () => {
  expect(brokenLine([-1, 2, 2, 3, -1, 4], y)).toBe('M1 80H2H3V70H4M5 60H6')
  expect(brokenLine([-1, -1], y)).toBe('')
})
