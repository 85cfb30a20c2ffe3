import { expect, test } from 'vitest'
import { scaleOver } from './chart-scale.ts'

test('round ticks inside the range', () => {
  expect(scaleOver([-0.4, 0.5]).ticks).toEqual([-0.4, -0.2, 0, 0.2, 0.4])
  expect(scaleOver([12, 19]).ticks).toEqual([12, 14, 16, 18])
})

test('the least value lies left, the greatest right, both inside', () => {
  const scale = scaleOver([2, 10])
  expect(scale.at(2)).toBeCloseTo(5.36, 2)
  expect(scale.at(10)).toBeCloseTo(94.64, 2)
  expect(scale.at(6)).toBeCloseTo(50, 10)
})

test('what lies outside is held at the edge', () => {
  expect(scaleOver([0, 1]).at(9)).toBe(100)
  expect(scaleOver([0, 1]).at(-9)).toBe(0)
})

test.each([[[]], [[5]], [[0]], [[Number.NaN, 3]]])('%j still gives a scale', (values) => {
  const { low, high, ticks } = scaleOver(values)
  expect(high).toBeGreaterThan(low)
  expect(ticks.length).toBeGreaterThan(2)
})
