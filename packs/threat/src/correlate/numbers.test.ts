import { expect, test } from 'vitest'
import { randomFrom } from './correlate.fixture.ts'
import { eventTimeOf, timeOf } from './event-time.ts'
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

test.each([
  ['2020-05-02 02:55:56.157', '2020-05-02T02:55:56.157Z'],
  ['2020-05-02T02:55:56,5', '2020-05-02T02:55:56.500Z'],
  ['2020-05-02T04:55:56.1234567+02:00', '2020-05-02T02:55:56.123Z'],
  ['2020-05-02T04:55:56+0200', '2020-05-02T02:55:56.000Z'],
  ['2020-05-02', '2020-05-02T00:00:00.000Z'],
  [1588388156, '2020-05-02T02:55:56.000Z'],
  ['1588388156.157', '2020-05-02T02:55:56.157Z'],
  [1588388156157, '2020-05-02T02:55:56.157Z'],
  [1588388156157000, '2020-05-02T02:55:56.157Z'],
])('the time %s is %s', (value, expected) => expect(new Date(timeOf(value)).toISOString()).toBe(expected))

test.each(['soon', '', null, undefined, true, -5, '2020-13-45'])('%s is no time', (value) =>
  expect(timeOf(value)).toBeNaN(),
)

test('the source says its time before the collector does', () => {
  const fields: Record<string, string> = { '@timestamp': '2024-01-02', UtcTime: 'broken', eventTime: '2024-01-01' }
  expect(eventTimeOf((field) => fields[field])).toBe(Date.UTC(2024, 0, 1))
})
