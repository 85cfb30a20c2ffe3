import { utf8 } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { parseLinearModel } from './parse-linear.ts'
import { parseTreeModel } from './parse-trees.ts'
import { predictLinear } from './predict-linear.ts'
import { predictTrees } from './predict-trees.ts'
import { parsePredictions } from './predictions-form.ts'
import {
  sampleClassLinear,
  sampleClassTask,
  sampleClassTrees,
  sampleLinear,
  sampleTask,
  sampleTrees,
} from './sample-models.ts'

const bytes = (value: unknown) => utf8(JSON.stringify(value))
const inputs = { rows: 2, names: ['A', 'B', 'ref.Y'], values: Float64Array.of(10, 1.5, 4, 0, 0.2, 1) }

describe('linear', () => {
  test('adds standardised features, intercept and offset', () => {
    const model = parseLinearModel(bytes(sampleLinear), sampleTask)
    // row 1: 3 + 4 + 1.5*(1.5-0.5)/2 - 2*(1+1)/0.5 + 0.25*(10-4); row 2: log10 of 0 counts as log10 of 0.001
    expect(Array.from(predictLinear(model, inputs, []))).toEqual([1.25, 3 + 1 - 0.225 + 8 - 0.25])
  })
  test('answers class numbers of the benchmark, not of the model', () => {
    const model = parseLinearModel(bytes(sampleClassLinear), sampleClassTask)
    // row 1 scores: high 2.0, low 0.5, mid 1.0; row 2: high -1.3, low -0.7, mid 1.2
    expect(Array.from(predictLinear(model, inputs, sampleClassTask.classes))).toEqual([2, 1])
  })
})

describe('trees', () => {
  test('sums leaves, base and offset', () => {
    const model = parseTreeModel(bytes(sampleTrees), sampleTask)
    expect(Array.from(predictTrees(model, inputs, []))).toEqual([4 + 1 + 2 + 4 + 0.2, 1 + 1 + 1 - 3 + 0.1])
  })
  test('a missing value goes right, as in ONNX', () => {
    const missing = { rows: 1, names: inputs.names, values: Float64Array.of(10, Number.NaN, 4) }
    expect(predictTrees(sampleTrees, missing, [])[0]).toBe(4 + 1 + 2 + 4 + 0.2)
  })
  test('classes take the highest score', () => {
    const model = parseTreeModel(bytes(sampleClassTrees), sampleClassTask)
    expect(Array.from(predictTrees(model, inputs, sampleClassTask.classes))).toEqual([2, 0])
  })
})

const tree = sampleTrees.trees[0]!
const deep = Array.from({ length: 70 }, (_, i) => i)
const deepTree = {
  output: 0,
  feature: [...deep.flatMap(() => [0, -1]), -1],
  threshold: [...deep.flatMap(() => [0, 0]), 0],
  left: [...deep.flatMap((i) => [2 * i + 1, 0]), 0],
  right: [...deep.flatMap((i) => [2 * i + 2, 0]), 0],
  value: [...deep.flatMap(() => [0, 0]), 0],
}

describe('a hostile model is refused by its own code', () => {
  test.each([
    ['not JSON', 'model.not_json', utf8('{')],
    ['not UTF-8', 'model.not_json', Uint8Array.of(0xff, 0xfe)],
    ['nested 200,000 deep', 'model.schema', utf8('['.repeat(200_000) + ']'.repeat(200_000))],
    [
      'a million faults',
      'model.schema',
      utf8(JSON.stringify({ ...sampleTrees, trees: [{ ...sampleTrees.trees[0], feature: Array(1e6).fill('') }] })),
    ],
    [
      'a million trees that are none',
      'model.schema',
      utf8(JSON.stringify({ ...sampleTrees, trees: Array(1e6).fill(0) })),
    ],
    ['unknown member', 'model.schema', bytes({ ...sampleTrees, __proto__x: 1 })],
    ['infinite threshold', 'model.schema', utf8(JSON.stringify(sampleTrees).replace('0.3', '1e999'))],
    ['NaN written as null', 'model.schema', utf8(JSON.stringify(sampleTrees).replace('0.3', 'null'))],
    ['other task', 'model.wrong_task', bytes({ ...sampleClassTrees })],
    ['unknown input', 'model.unknown_input', bytes({ ...sampleTrees, inputs: ['A', 'B', 'ref.Y', 'NOX'] })],
    ['feature outside inputs', 'model.unknown_feature', bytes({ ...sampleTrees, inputs: ['A', 'B'] })],
    ['offset outside inputs', 'model.unknown_feature', bytes({ ...sampleTrees, offset: 'target' })],
    ['endless tree', 'model.tree_link', bytes({ ...sampleTrees, trees: [{ ...tree, left: [0, 0, 0] }] })],
    ['child outside', 'model.tree_link', bytes({ ...sampleTrees, trees: [{ ...tree, right: [3, 0, 0] }] })],
    ['feature outside', 'model.tree_feature', bytes({ ...sampleTrees, trees: [{ ...tree, feature: [3, -1, -1] }] })],
    ['arrays differ', 'model.tree_arrays', bytes({ ...sampleTrees, trees: [{ ...tree, value: [0] }] })],
    ['output outside', 'model.tree_output', bytes({ ...sampleTrees, trees: [{ ...tree, output: 1 }] })],
    ['too deep', 'model.too_deep', bytes({ ...sampleTrees, trees: [deepTree] })],
  ])('%s: %s', (_, code, file) => {
    expect(() => parseTreeModel(file, sampleTask)).toThrow(expect.objectContaining({ code }))
  })
  test.each([
    ['too few coefficients', 'model.coefficient_count', { ...sampleLinear, coefficients: [1] }],
    ['scale of zero', 'model.schema', { ...sampleLinear, scale: [1, 0, 1] }],
    ['classes differ', 'model.classes_differ', { ...sampleClassLinear, classes: ['low', 'low', 'mid'] }],
  ])('%s: %s', (_, code, model) => {
    const asked = model.task === 'regression' ? sampleTask : sampleClassTask
    expect(() => parseLinearModel(bytes(model), asked)).toThrow(expect.objectContaining({ code }))
  })
})

describe('predictions', () => {
  test.each([
    ['JSON numbers', '[1, 2.5, -3]', sampleTask, [1, 2.5, -3]],
    ['lines with a header', 'prediction\n1\n2.5\r\n-3\n', sampleTask, [1, 2.5, -3]],
    ['class names', '"high"\nlow\nmid\n', sampleClassTask, [2, 0, 1]],
  ])('%s', (_, text, asked, expected) => {
    expect(Array.from(parsePredictions(utf8(text), asked, 3))).toEqual(expected)
  })
  test.each([
    ['too few', '[1, 2]', sampleTask, 'model.prediction_count'],
    ['not a number', '1\nx\n3', sampleTask, 'model.prediction_value'],
    [
      'a name without end',
      `["low","mid",${'['.repeat(50_000)}${']'.repeat(50_000)}]`,
      sampleClassTask,
      'model.prediction_value',
    ],
    ['empty line', '1\n\n3', sampleTask, 'model.prediction_value'],
    ['infinite', '1\nInfinity\n3', sampleTask, 'model.prediction_value'],
    ['unknown class', 'low\nmid\ntop', sampleClassTask, 'model.prediction_value'],
    ['an object', '[{}, [], null]', sampleTask, 'model.prediction_value'],
  ])('%s is refused', (_, text, asked, code) => {
    expect(() => parsePredictions(utf8(text), asked, 3)).toThrow(expect.objectContaining({ code }))
  })
})
