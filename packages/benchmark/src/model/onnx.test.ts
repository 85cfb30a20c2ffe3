import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { checkOnnx } from './onnx-check.ts'
import { exportOnnx } from './onnx-export.ts'
import { predictLinear } from './predict-linear.ts'
import { predictTrees } from './predict-trees.ts'
import {
  sampleClassLinear,
  sampleClassTask,
  sampleClassTrees,
  sampleInputs,
  sampleLinear,
  sampleTask,
  sampleTrees,
} from './sample-models.ts'
import { hostileOnnx, onnxByName } from './sample-onnx.ts'

const inputs = sampleInputs(500)

async function scoresOf(onnx: Uint8Array): Promise<Float64Array> {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1 })
  const fed = new Tensor('float64', inputs.values, [inputs.rows, inputs.names.length])
  const answer = await session.run({ inputs: fed })
  return answer.scores?.data as Float64Array
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0)
}

describe('an exported model passes our own check and scores alike in onnxruntime', () => {
  test('linear', async () => {
    const onnx = exportOnnx(sampleLinear, inputs.names)
    expect(checkOnnx(onnx, sampleTask, 1e6)).toEqual({
      inputs: [{ name: 'inputs', type: 'float64', rank: 2 }],
      output: 'scores',
    })
    expect(largestDifference(await scoresOf(onnx), predictLinear(sampleLinear, inputs, []))).toBeLessThan(1e-12)
  })
  test('trees', async () => {
    const onnx = exportOnnx(sampleTrees, inputs.names)
    expect(checkOnnx(onnx, sampleTask, 1e6).output).toBe('scores')
    expect(largestDifference(await scoresOf(onnx), predictTrees(sampleTrees, inputs, []))).toBeLessThan(1e-5)
  })
  test.each([
    ['linear classes', sampleClassLinear],
    ['tree classes', sampleClassTrees],
  ])('%s', async (_, model) => {
    const onnx = exportOnnx(model, inputs.names)
    checkOnnx(onnx, sampleClassTask, 1e6)
    const own = model.format === 'dengta-linear/v1' ? predictLinear : predictTrees
    const predicted = (own as (m: unknown, i: typeof inputs, c: readonly string[]) => Float64Array)(
      model,
      inputs,
      sampleClassTask.classes,
    )
    const scores = await scoresOf(onnx)
    const order =
      model.task === 'classification' ? model.classes.map((name) => sampleClassTask.classes.indexOf(name)) : []
    const highest = predicted.map((_, row) => {
      const line = Array.from(scores.subarray(3 * row, 3 * row + 3))
      return order[line.indexOf(Math.max(...line))]!
    })
    expect(highest).toEqual(predicted)
  })
})

describe('a hostile model is refused by its own code, before anything of it runs', () => {
  test.each(Object.entries(hostileOnnx))('%s', (_, { bytes, code }) => {
    expect(() => checkOnnx(bytes, sampleTask, 10_000)).toThrow(expect.objectContaining({ code }))
  })
  test('the refusal names the operator', () => {
    const { bytes } = hostileOnnx['an endless loop']!
    expect(() => checkOnnx(bytes, sampleTask, 10_000)).toThrow('Loop')
  })
  test('no cut-off and no changed byte brings down the reader', () => {
    const good = exportOnnx(sampleTrees, inputs.names)
    for (let end = 0; end < good.length; end += 3) checkedOrRefused(good.subarray(0, end))
    for (let at = 0; at < good.length; at += 1) checkedOrRefused(good.with(at, good[at]! ^ (1 << (at % 8))))
  })
  test('one tensor for each input is also a way in', () => {
    const { bytes, plan } = onnxByName
    expect(checkOnnx(bytes, sampleTask, 10_000)).toEqual(plan)
  })
})

function checkedOrRefused(bytes: Uint8Array): void {
  try {
    checkOnnx(bytes, sampleTask, 10_000)
  } catch (refusal) {
    expect(refusal).toMatchObject({ code: expect.stringMatching(/^model\./) })
  }
}
