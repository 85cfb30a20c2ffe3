import { expect, test } from 'vitest'
import { readDefinition } from '../benchmark/read-definition.ts'
import { SAMPLE_YAML } from '../benchmark/sample-definition.ts'
import { scoringSet, trainingSet } from './labelled-rows.ts'
import { referenceColumn } from './reference.ts'
import { numberTable, sequence } from './sample-table.ts'

test('a reference is the mean of the window that ends `delayRows` before, and of what there is of it', () => {
  const reference = referenceColumn(Float64Array.of(1, 2, 4, 8, 16), { delayRows: 2, windowRows: 2 })
  expect([...reference]).toEqual([Number.NaN, Number.NaN, 1, 1.5, 3])
})

test('no later value moves a reference', () => {
  const random = sequence(1)
  const values = Float64Array.from({ length: 500 }, () => random() * 1e6)
  const window = { delayRows: 24, windowRows: 168 }
  const before = referenceColumn(values, window)
  for (const row of [0, 24, 100, 499]) {
    const after = referenceColumn(values.with(row, 1e9), window)
    expect([...after.subarray(0, row + 24)]).toEqual([...before.subarray(0, row + 24)])
    if (row + 24 < 500) expect(after[row + 24]).not.toBe(before[row + 24])
  }
})

test('late windows are as exact as a sum of their own', () => {
  const values = Float64Array.from({ length: 20_000 }, (_, i) => 1e9 + (i % 7) * 0.1)
  const reference = referenceColumn(values, { delayRows: 1, windowRows: 7 })
  const own = values.subarray(19_992, 19_999).reduce((sum, value) => sum + (value - 1e9), 0) / 7
  expect(Math.abs(reference[19_999]! - 1e9 - own)).toBeLessThan(1e-6)
})

test('training leaves out rows without feedback; hidden windows reach back into the open part', () => {
  const definition = readDefinition(SAMPLE_YAML)
  const table = numberTable({
    year: [2011, 2011, 2012, 2013, 2014],
    a: [1, 2, 3, 4, 5],
    b: [10, 20, 30, 40, 50],
    y: [100, 200, 300, 400, 500],
  })
  const split = { definition, table, hidden: Uint8Array.of(0, 0, 0, 1, 1) }
  expect(trainingSet(split)).toEqual({
    inputs: {
      rows: 2,
      names: ['a', 'b', 'ref.a', 'ref.b', 'ref.y'],
      values: Float64Array.of(2, 20, 1, 10, 100, 3, 30, 1.5, 15, 150),
    },
    target: Float64Array.of(200, 300),
    classes: [],
    periods: ['2011', '2012'],
    groups: undefined,
  })
  expect(scoringSet(split)).toMatchObject({
    inputs: { rows: 2, values: Float64Array.of(4, 40, 2.5, 25, 250, 5, 50, 3.5, 35, 350) },
    target: Float64Array.of(400, 500),
    periods: ['2013', '2014'],
  })
})
