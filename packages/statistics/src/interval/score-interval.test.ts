import { describe, expect, test } from 'vitest'
import { seededRandom, uniform } from '../random.ts'
import { blockLength } from './block-length.ts'
import { scoreInterval } from './score-interval.ts'

const random = seededRandom(3)
const truth = Float64Array.from({ length: 240 }, () => 10 * uniform(random))
const predicted = truth.map((value) => value + uniform(random) - 0.5)
const asked = { truth, predicted, classes: 0, blockRows: 12, resamples: 500, seed: 1, level: 0.95 } as const

describe('scoreInterval', () => {
  test('the same arguments give the same figures; another seed gives others', () => {
    const first = scoreInterval({ ...asked, metric: 'r2' })
    expect(scoreInterval({ ...asked, metric: 'r2' })).toEqual(first)
    expect(scoreInterval({ ...asked, metric: 'r2', seed: 2 }).low).not.toBe(first.low)
    expect(first.method).toBe('circular block bootstrap, BCa, blocks of 12, 500 resamples, sfc32 seed 1')
  })

  test('scores the chosen rows only', () => {
    const rows = Int32Array.from({ length: 120 }, (_, i) => i)
    const half = { truth: truth.slice(0, 120), predicted: predicted.slice(0, 120) }
    expect(scoreInterval({ ...asked, metric: 'mae', rows })).toEqual(
      scoreInterval({ ...asked, ...half, metric: 'mae' }),
    )
  })

  test('says where blocks were shortened', () => {
    const { method } = scoreInterval({ ...asked, metric: 'mae', blockRows: 168 })
    expect(method).toContain('blocks of 24 (shortened from 168: too few rows)')
  })

  test('independent rows and accuracy are exact', () => {
    const right = Float64Array.from({ length: 100 }, () => 0)
    const { value, low, high, method } = scoreInterval({
      ...{ ...asked, metric: 'accuracy', truth: right, predicted: right, classes: 2, blockRows: 1 },
    })
    expect([value, high, method]).toEqual([1, 1, 'Clopper-Pearson'])
    expect(low).toBeCloseTo(0.025 ** (1 / 100), 12)
  })

  test('a perfect model has no spread, a single row has no interval', () => {
    expect(scoreInterval({ ...asked, metric: 'mae', predicted: truth })).toMatchObject({ value: 0, low: 0, high: 0 })
    const one = scoreInterval({ ...asked, metric: 'mae', rows: Int32Array.of(3) })
    expect(one.method).toMatch(/^none/)
  })

  test('refuses what is no level and too few resamples', () => {
    const refused = expect.objectContaining({ code: 'statistics.out_of_domain' })
    expect(() => scoreInterval({ ...asked, metric: 'mae', level: 95 })).toThrow(refused)
    expect(() => scoreInterval({ ...asked, metric: 'mae', resamples: 10 })).toThrow(refused)
    expect(() => scoreInterval({ ...asked, metric: 'mae', blockRows: 0 })).toThrow(refused)
  })
})

test.each([
  [21_694, 168, 168],
  [21_694, 1, 22],
  [1_000, 1, 1],
  [50, 24, 5],
  [5, 24, 1],
])('%i rows asked for in blocks of %i come in blocks of %i', (rows, asked, used) => {
  expect(blockLength(rows, asked)).toBe(used)
})
