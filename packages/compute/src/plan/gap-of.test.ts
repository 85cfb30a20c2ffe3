import { expect, test } from 'vitest'
import { gapOf } from './plan.ts'

test.each([
  [100, 99, 0.01],
  [100, 0, 1],
  [0, 0, 0],
  [100, -50, 1],
  [-40, -50, 0.2],
  [0, -50, 1],
  [100, Number.NEGATIVE_INFINITY, 1],
  [100, Number.NaN, 1],
])('a plan of %d yuan with a bound of %d is %d away', (cost, bound, gap) => {
  expect(gapOf(cost, bound)).toBeCloseTo(gap)
})
