import { describe, expect, test } from 'vitest'
import { binomialProbability } from '../special/binomial.ts'
import { rowsForRate } from './rows-for-rate.ts'
import { rowsForScore } from './rows-for-score.ts'

/** Power of the exact one-sided 95 % test of "rate <= limit" over `rows` rows. */
function power(rows: number, limit: number, truth: number): number {
  let allowed = -1
  while (binomialProbability(allowed + 1, rows, limit) <= 0.05) allowed += 1
  return binomialProbability(allowed, rows, truth)
}

describe('rowsForRate', () => {
  test.each([
    { limit: 0.003, first: 21_461, safe: 22_944 },
    { limit: 0.0025, first: 77_214, safe: 80_613 },
  ])('a false alarm rate of at most $limit where the truth is 0.2 %', ({ limit, first, safe }) => {
    expect(rowsForRate({ limit, truth: 0.002, confidence: 0.95, power: 0.9 })).toEqual({ first, safe })
    expect(power(first, limit, 0.002)).toBeGreaterThanOrEqual(0.9)
    expect(power(first - 1, limit, 0.002)).toBeLessThan(0.9)
    expect(power(safe - 1, limit, 0.002)).toBeLessThan(0.9)
  })

  test('plans of 21,854 and 81,619 alerts suffice too', () => {
    expect(power(21_854, 0.003, 0.002)).toBeGreaterThanOrEqual(0.9)
    expect(power(81_619, 0.0025, 0.002)).toBeGreaterThanOrEqual(0.9)
  })

  test('refuses a truth that is not below the limit', () => {
    const ask = () => rowsForRate({ limit: 0.1, truth: 0.1, confidence: 0.95, power: 0.9 })
    expect(ask).toThrow(expect.objectContaining({ code: 'statistics.out_of_domain' }))
  })
})

describe('rowsForScore', () => {
  const asked = { confidence: 0.95, power: 0.9 }

  test('accuracy is exact, R² by its spread, macro-F1 cannot be told', () => {
    const rate = rowsForRate({ limit: 0.1, truth: 1 - 0.92, ...asked })
    expect(rowsForScore({ metric: 'accuracy', threshold: 0.9, truth: 0.92, ...asked })).toBe(rate.safe)
    expect(rowsForScore({ metric: 'r2', threshold: 0.6, truth: 0.68, ...asked })).toBe(450)
    expect(rowsForScore({ metric: 'macro-f1', threshold: 0.6, truth: 0.68, ...asked })).toBeUndefined()
  })

  test('a lower error needs a truth below the threshold', () => {
    expect(rowsForScore({ metric: 'mae', threshold: 5, truth: 4, ...asked })).toBeGreaterThan(50)
    expect(() => rowsForScore({ metric: 'mae', threshold: 5, truth: 6, ...asked })).toThrow(/better than 5/)
  })
})
