import type { InferenceSession, OnnxValue, Tensor } from 'onnxruntime-node'
import type { Matrix } from '../data-set/table.ts'
import { highestClass } from '../model/classes.ts'
import type { ModelTask } from '../model/model-task.ts'
import { checkOnnx, type OnnxPlan } from '../model/onnx-check.ts'

/** The model answered something else than one value for each row. */
export class WrongShape extends Error {}

/** Runs an ONNX model on one thread; only ever called inside the sandbox. */
export async function predictOnnx(bytes: Uint8Array, asked: ModelTask, inputs: Matrix): Promise<Float64Array> {
  const engine = await import('onnxruntime-node')
  const plan = checkOnnx(bytes, asked, Number.POSITIVE_INFINITY)
  const session: InferenceSession = await engine.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  })
  const feeds = Object.fromEntries(
    plan.inputs.map((input) => {
      const { values, width } = pick(input, plan, inputs)
      const data = input.type === 'float64' ? values : Float32Array.from(values)
      return [input.name, new engine.Tensor(data, input.rank === 2 ? [inputs.rows, width] : [inputs.rows])]
    }),
  )
  const answer: Record<string, OnnxValue> = await session.run(feeds, [plan.output])
  return readAnswer(answer[plan.output] as Tensor, asked, inputs.rows)
}

/** The whole matrix for a single input of two dimensions; the column of its name for any other. */
function pick(input: OnnxPlan['inputs'][number], plan: OnnxPlan, inputs: Matrix) {
  const column = inputs.names.indexOf(input.name)
  if (plan.inputs.length === 1 && column < 0) return { values: inputs.values, width: inputs.names.length }
  const width = inputs.names.length
  return {
    values: Float64Array.from({ length: inputs.rows }, (_, row) => inputs.values[row * width + column]!),
    width: 1,
  }
}

function readAnswer(tensor: Tensor, asked: ModelTask, rows: number): Float64Array {
  const values = Float64Array.from(tensor.data as Iterable<number | bigint>, Number)
  const scores = asked.task === 'classification' && tensor.type !== 'int64' && values.length !== rows
  if (values.length !== rows * (scores ? asked.classes.length : 1)) throw new WrongShape()
  return scores
    ? highestClass(
        values,
        Int32Array.from(asked.classes, (_, k) => k),
      )
    : values
}
