import { seededRandom, uniform } from '@dengta/statistics'
import { expect, test } from 'vitest'
import { stretchSums } from './stretch-sums.ts'

test('every stretch of every length, as summed one by one', () => {
  const random = seededRandom(1)
  const values = Float64Array.from({ length: 23 }, () => uniform(random))
  for (let length = 1; length <= 24; length += 1) {
    const sums = stretchSums(values, length)
    expect(sums).toHaveLength(Math.max(0, 24 - length))
    for (const [from, sum] of sums.entries())
      expect(sum).toBeCloseTo(
        values.subarray(from, from + length).reduce((all, each) => all + each, 0),
        12,
      )
  }
})

test('a value of another size blurs no stretch that it does not lie in', () => {
  expect([...stretchSums(Float64Array.of(2 ** 60, 1, 1, 2 ** 60, 1, 1), 2)].map((sum) => sum % 2 ** 20)).toEqual([
    0, 2, 0, 0, 2,
  ])
})
