import { describe, expect, test } from 'vitest'
import { confusionMatrix } from './confusion-matrix.ts'
import { metricValue } from './metric-value.ts'

const of = (...values: number[]) => Float64Array.of(...values)

describe('metricValue', () => {
  test('of a constant truth: R² is 1 for a perfect prediction and 0 otherwise', () => {
    expect(metricValue('r2', of(7, 7, 7), of(7, 7, 7), 0)).toBe(1)
    expect(metricValue('r2', of(7, 7, 7), of(7, 8, 7), 0)).toBe(0)
  })

  test('macro-F1 averages over the classes that occur', () => {
    expect(metricValue('macro-f1', of(0, 0, 2), of(0, 0, 2), 6)).toBe(1)
    expect(metricValue('macro-f1', of(0, 0), of(0, 1), 6)).toBeCloseTo(1 / 3, 12)
  })

  test.each<[code: string, truth: Float64Array, predicted: Float64Array, rows?: Int32Array]>([
    ['statistics.lengths_differ', of(1, 2), of(1)],
    ['statistics.no_rows', of(), of()],
    ['statistics.not_a_number', of(1, 2), of(1, Number.NaN)],
    ['statistics.not_a_number', of(1, 2), of(1, 2), Int32Array.of(5)],
  ])('throws %s', (code, truth, predicted, rows) => {
    expect(() => metricValue('mae', truth, predicted, 0, rows)).toThrow(expect.objectContaining({ code }))
  })

  test('a class that was not declared is named by its row', () => {
    expect(() => metricValue('accuracy', of(0, 1), of(0, 2), 2)).toThrow(/row 1 .* 0 to 1/)
    expect(() => confusionMatrix(of(0, 0.5), of(0, 1), 2)).toThrow(/row 1 /)
  })
})
