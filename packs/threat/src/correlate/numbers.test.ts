import { expect, test } from 'vitest'
import { randomFrom } from './correlate.fixture.ts'
import { addExactly, roundedSum } from './exact-sum.ts'
import { PairCounts } from './pair-counts.ts'
import { percentileOf } from './rank-tally.ts'

/** The sum of multiples of 2^-60 in whole numbers, rounded once at the end. */
function exactSum(values: readonly number[]): number {
  const scaled = values.reduce((sum, value) => sum + BigInt(value * 2 ** 60), 0n)
  return Number(scaled) / 2 ** 60
}

test('sums are exact and rounded once, whatever comes and goes', () => {
  const random = randomFrom(3)
  for (let round = 0; round < 300; round += 1) {
    const parts: number[] = []
    const values = Array.from({ length: 20 }, () => {
      const whole = Math.floor((random() - 0.5) * 2 ** 52)
      return whole * 2 ** (Math.floor(random() * 100) - 60)
    })
    for (const value of values) addExactly(parts, value)
    expect(roundedSum(parts)).toBe(exactSum(values))
    for (const value of values.slice(0, 15)) addExactly(parts, -value)
    expect(roundedSum(parts)).toBe(exactSum(values.slice(15)))
    for (const value of values.slice(15)) addExactly(parts, -value)
    expect(parts).toEqual([])
  }
})

test('a sum halfway between two doubles is decided by what lies below', () => {
  const parts: number[] = []
  for (const value of [1, 2 ** -53, 2 ** -110]) addExactly(parts, value)
  expect(roundedSum(parts)).toBe(1 + 2 ** -52)
})

test('percentiles lie between the nearest ranks (type 7)', () => {
  const sorted = [1, 2, 3, 4, 10]
  expect([0, 25, 50, 87.5, 100].map((percentile) => percentileOf(sorted, percentile))).toEqual([1, 2, 3, 7, 10])
  expect(percentileOf([], 50)).toBeNaN()
})

test('counts by pair equal those of a map, through growth and gaps', () => {
  const random = randomFrom(11)
  const counts = new PairCounts()
  const plain = new Map<string, number>()
  for (let i = 0; i < 20_000; i += 1) {
    const [left, right] = [Math.floor(random() * 40), Math.floor(random() * 30)]
    const key = `${left} ${right}`
    const before = plain.get(key) ?? 0
    const down = before > 0 && random() < 0.5
    const after = down ? counts.remove(left, right) : counts.add(left, right)
    expect(after).toBe(before + (down ? -1 : 1))
    plain.set(key, after)
  }
})
