import { describe, expect, test } from 'vitest'
import { seededRandom, uniform } from '../random.ts'
import { pairedTest } from './paired-test.ts'
import { tiers } from './tiers.ts'

const random = seededRandom(9)
const truth = Float64Array.from({ length: 2000 }, () => 10 * uniform(random))
const noisy = (width: number) => truth.map((value) => value + width * (uniform(random) - 0.5))
const asked = { truth, classes: 0, blockRows: 1, resamples: 1000, seed: 5 } as const

describe('pairedTest', () => {
  test('finds a clearly better model, past the reach of counting', () => {
    const { difference, pValue } = pairedTest({ ...asked, metric: 'r2', first: noisy(2), second: noisy(3) })
    expect(difference).toBeGreaterThan(0)
    expect(pValue).toBeLessThan(1e-6)
  })

  test('a model does not differ from itself', () => {
    const first = noisy(2)
    expect(pairedTest({ ...asked, metric: 'mae', first, second: first })).toEqual({ difference: 0, pValue: 1 })
  })

  test('turning the models around turns the difference around', () => {
    const [first, second] = [noisy(2), noisy(2.1)]
    const there = pairedTest({ ...asked, metric: 'rmse', first, second })
    const back = pairedTest({ ...asked, metric: 'rmse', first: second, second: first })
    expect(back.difference).toBeCloseTo(-there.difference, 12)
    expect(back.pValue).toBe(there.pValue)
  })

  test('few blocks cannot prove more than their signs allow', () => {
    const short = { ...asked, truth: truth.slice(0, 8) }
    const [first, second] = [short.truth, short.truth.map((value) => value + 1)]
    expect(pairedTest({ ...short, metric: 'mae', first, second }).pValue).toBeGreaterThanOrEqual(2 ** -7)
  })
})

describe('tiers', () => {
  const board = (...pValues: readonly [number, number, number][]) => {
    const table = new Map(pValues.map(([better, worse, p]) => [`${better} ${worse}`, p]))
    return (better: number, worse: number) => table.get(`${better} ${worse}`) ?? 1
  }

  test('one model, or none, needs no test', () => {
    expect(tiers(0, () => 0)).toEqual([])
    expect(tiers(1, () => 0)).toEqual([1])
  })

  test('a tier ends where its first model is proven better', () => {
    expect(tiers(4, board([0, 2, 0.001], [0, 3, 0.001], [2, 3, 0.9]))).toEqual([1, 1, 2, 2])
    expect(tiers(3, board([0, 1, 0.001], [0, 2, 0.001], [1, 2, 0.001]))).toEqual([1, 2, 3])
  })

  test('a finding that would not survive Holm makes no tier', () => {
    expect(tiers(3, board([0, 2, 0.03]))).toEqual([1, 1, 1])
    expect(tiers(2, board([0, 1, 0.03]))).toEqual([1, 2])
  })
})
