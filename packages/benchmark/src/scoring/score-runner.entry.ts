// Runs inside the sandbox: reads `features` and `model`, writes one float64 for each hidden row to `output`.
import { readFileSync, writeFileSync } from 'node:fs'
import { predictModel } from '../model/predict-model.ts'
import { bytesOf, decodeMatrix } from './matrix-file.ts'
import { rowOrder, shuffleRows, unshuffle } from './row-order.ts'
import { predictOnnx, WrongShape } from './run-onnx.ts'
import { EXIT_WRONG_SHAPE, type RunTask } from './run-task.ts'

async function run({ form, asked, orderSeed }: RunTask): Promise<Float64Array> {
  const bytes = readFileSync('model')
  const inputs = decodeMatrix(readFileSync('features'), asked.inputs)
  if (form === 'predictions') return predictModel({ form, bytes, asked }, inputs)
  const order = rowOrder(inputs.rows, orderSeed)
  const shuffled = shuffleRows(inputs, order)
  if (form === 'onnx') return unshuffle(await predictOnnx(bytes, asked, shuffled), order)
  return unshuffle(predictModel({ form, bytes, asked }, shuffled), order)
}

try {
  const predictions = await run(JSON.parse(process.argv[2]!))
  writeFileSync('output', bytesOf(predictions))
} catch (thrown) {
  console.error(thrown)
  process.exitCode = thrown instanceof WrongShape ? EXIT_WRONG_SHAPE : 1
}
