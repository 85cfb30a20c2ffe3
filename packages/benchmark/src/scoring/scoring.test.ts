import { describe, expect, test } from 'vitest'
import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { readDefinition } from '../benchmark/read-definition.ts'
import { SAMPLE_YAML } from '../benchmark/sample-definition.ts'
import { sampleInputs } from '../model/sample-models.ts'
import { bytesOf, decodeMatrix, decodeNumbers, encodeMatrix } from './matrix-file.ts'
import { partsOf } from './parts.ts'
import { orderSeed, rowOrder, shuffleRows, unshuffle } from './row-order.ts'
import { resultDigest, score } from './score.ts'

describe('the features file', () => {
  const matrix = sampleInputs(5)
  test('comes back as it was written', () => {
    expect(decodeMatrix(encodeMatrix(matrix), matrix.names)).toEqual(matrix)
    expect(decodeNumbers(Buffer.from(bytesOf(matrix.values)))).toEqual(matrix.values)
  })
  test.each([
    ['other columns', encodeMatrix(matrix), ['A']],
    ['cut off', encodeMatrix(matrix).slice(0, -8), matrix.names],
    ['something else', new Uint8Array(64), matrix.names],
  ])('%s is refused', (_, bytes, names) => {
    expect(() => decodeMatrix(bytes, names)).toThrow(RangeError)
  })
})

describe('the order of rows', () => {
  const seed = orderSeed('c'.repeat(64), 'a'.repeat(64))
  test('holds every row once, is another for another model, and comes back', () => {
    const order = rowOrder(1000, seed)
    expect(order.toSorted()).toEqual(Int32Array.from({ length: 1000 }, (_, row) => row))
    expect(order).toEqual(rowOrder(1000, seed))
    expect(order).not.toEqual(rowOrder(1000, orderSeed('c'.repeat(64), 'b'.repeat(64))))
    const matrix = sampleInputs(1000)
    const column = (of: typeof matrix) => of.values.filter((_, at) => at % 3 === 0)
    expect(unshuffle(column(shuffleRows(matrix, order)), order)).toEqual(column(matrix))
  })
})

describe('parts', () => {
  const labels = (...sizes: readonly (readonly [string, number])[]) =>
    sizes.flatMap(([label, n]) => Array(n).fill(label))
  test.each([
    ['large enough', labels(['2014', 6], ['2013', 5]), ['2013:5', '2014:6']],
    ['small ones become other', labels(['a', 9], ['b', 3], ['c', 4]), ['a:9', 'other:7']],
    ['other draws in the smallest until it is large enough', labels(['a', 9], ['b', 6], ['c', 1]), ['a:9', 'other:7']],
    ['a single part is the whole', labels(['a', 20]), []],
    ['nothing but small ones', labels(['a', 2], ['b', 2]), []],
    ['numbers by value', labels(['10', 5], ['9', 5]), ['9:5', '10:5']],
    ['none', undefined, []],
  ])('%s', (_, of, expected) => {
    expect(partsOf(of, 5).map(({ part, rows }) => `${part}:${rows.length}`)).toEqual(expected)
  })
})

const definition = readDefinition(SAMPLE_YAML)
const truth = Float64Array.from({ length: 40 }, (_, row) => row % 10)
const set = {
  inputs: { rows: 40, names: [], values: new Float64Array() },
  target: truth,
  classes: [],
  periods: Array.from({ length: 40 }, (_, row) => (row < 20 ? '2013' : '2014')),
  groups: undefined,
}
const digest = (letter: string) => letter.repeat(64)
const identity = { definition: digest('d'), model: digest('e'), hiddenCommitment: digest('f'), engine: 'test' }
const scored = (predictions: Float64Array) => score({ definition, identity, set, predictions })

describe('score', () => {
  const predictions = truth.map((value, row) => value + (row < 20 ? 0.5 : 1))
  test('gives value, interval, guards, parts and the worst of them', () => {
    const result = scored(predictions)
    // r2 = 1 - sum of squared errors (20 * 0.25 + 20 * 1) / sum of squares (4 * 82.5)
    expect(result.score.value).toBe(0.9242)
    expect(result.score.low).toBeLessThan(result.score.value)
    expect(result.guards).toEqual({ mae: 0.75 })
    expect(result.periods.map(({ part, rows, value }) => [part, rows, value])).toEqual([
      ['2013', 20, 0.9697], // 1 - 5 / 165
      ['2014', 20, 0.8788], // 1 - 20 / 165
    ])
    expect(result.worst?.part).toBe('2014')
  })
  test('the same predictions give the same digest, one changed bit another', () => {
    const once = resultDigest(scored(predictions))
    expect(resultDigest(scored(predictions.slice()))).toBe(once)
    expect(resultDigest(scored(predictions.with(3, predictions[3]! + 1e-12)))).not.toBe(once)
  })
  test('says too little to solve for the labels of single rows', () => {
    const probe = (shift: readonly number[]) => predictions.map((value, row) => value + (shift[row] ?? 0))
    const squares = (shift: readonly number[]) => (1 - scored(probe(shift)).periods[0]!.value) * 165
    const shift = [1000]
    // In full precision: squares(shift) - squares([]) = 2 * 1000 * (predicted - label) + 1000 ** 2, here with a difference of 0.5.
    expect(Math.abs((squares(shift) - squares([]) - 1e6) / 2000 - 0.5)).toBeGreaterThan(0.02)
  })
  test.each([
    ['too few', truth.slice(1), 'scoring.wrong_length'],
    ['not a number', truth.with(3, Number.NaN), 'scoring.not_finite'],
    ['infinite', truth.with(3, Number.NEGATIVE_INFINITY), 'scoring.not_finite'],
  ])('%s is refused and says nothing of rows', (_, wrong, code) => {
    expect(() => scored(wrong)).toThrow(expect.objectContaining({ code }))
  })
  test.each([0.5, -1, 3])('a class of %d is refused', (value) => {
    const classification: BenchmarkDefinition = {
      ...definition,
      task: 'classification',
      metric: 'accuracy',
      guards: [],
    }
    const classes = ['x', 'y', 'z']
    const wrong = () =>
      score({ definition: classification, identity, set: { ...set, classes }, predictions: truth.map(() => value) })
    expect(wrong).toThrow(expect.objectContaining({ code: 'scoring.not_a_class' }))
  })
})
