import type { Text } from '@dengta/kernel'
import { modelErrors } from './model-errors.ts'
import type { ModelTask } from './model-task.ts'
import { OPERATORS, OPSETS } from './onnx-operators.ts'
import { type OnnxNode, type OnnxOutline, type OnnxValue, readOnnx } from './onnx-reader.ts'

const ONNX_LIMITS = { nodes: 5_000, irVersion: [3, 11] } as const

/** TensorProto.DataType numbers. */
const FLOAT = 1
const INT64 = 7
const DOUBLE = 11

/** How a checked model is fed: one matrix, or one tensor for each input by its name. */
export interface OnnxPlan {
  readonly inputs: readonly { readonly name: string; readonly type: 'float32' | 'float64'; readonly rank: number }[]
  readonly output: string
}

/** Checks a model without running it; throws `model.*` at the first thing that is not allowed. */
export function checkOnnx(bytes: Uint8Array, asked: ModelTask, weightLimit: number): OnnxPlan {
  const outline = readOnnx(bytes)
  const [low, high] = ONNX_LIMITS.irVersion
  if (outline.irVersion < low || outline.irVersion > high)
    throw modelErrors.malformed_onnx({
      problem: {
        en: `IR version ${outline.irVersion} is not between ${low} and ${high}`,
        zh: `IR 版本 ${outline.irVersion} 不在 ${low} 到 ${high} 之间`,
      },
    })
  checkOpsets(outline)
  checkNodes(outline)
  const external = outline.externalTensors[0]
  if (external !== undefined) throw modelErrors.external_data({ tensor: external.slice(0, 80) })
  if (outline.weightBytes > weightLimit)
    throw modelErrors.too_many_weights({ found: outline.weightBytes, limit: weightLimit })
  return { inputs: checkInputs(outline, asked), output: checkOutput(outline, asked) }
}

function checkOpsets(outline: OnnxOutline): void {
  for (const [domain, version] of outline.opsets) {
    const range = OPSETS[domain]
    if (!range) throw modelErrors.unknown_domain({ domain: domain.slice(0, 80) })
    if (version < range[0] || version > range[1])
      throw modelErrors.opset({ domain: domain || 'ai.onnx', version, low: range[0], high: range[1] })
  }
}

function checkNodes(outline: OnnxOutline): void {
  if (outline.otherGraphs) throw modelErrors.subgraph({ operator: 'function' })
  if (outline.nodes.length > ONNX_LIMITS.nodes)
    throw modelErrors.too_many_nodes({ found: outline.nodes.length, limit: ONNX_LIMITS.nodes })
  for (const node of outline.nodes) checkNode(node, outline)
}

function checkNode(node: OnnxNode, outline: OnnxOutline): void {
  const operator = node.operator.slice(0, 80)
  const allowed = OPERATORS[node.domain]
  if (!allowed) throw modelErrors.unknown_domain({ domain: node.domain.slice(0, 80) })
  if (!allowed.has(node.operator)) throw modelErrors.unknown_operator({ operator })
  if (node.carriesGraph) throw modelErrors.subgraph({ operator })
  if (!outline.opsets.has(node.domain))
    throw modelErrors.malformed_onnx({
      problem: {
        en: `${operator} is used, but its operator set is not imported`,
        zh: `用到了 ${operator}，但没有导入其算子集`,
      },
    })
}

function checkInputs(outline: OnnxOutline, asked: ModelTask): OnnxPlan['inputs'] {
  const inputs = outline.inputs.filter((input) => !outline.initializers.has(input.name))
  const fault = (problem: Text) => modelErrors.onnx_input({ features: asked.inputs.length, problem })
  if (inputs.length === 0) throw fault({ en: 'it takes none', zh: '它没有输入' })
  const single = inputs.length === 1 && inputs[0]!.shape?.length === 2 && !asked.inputs.includes(inputs[0]!.name)
  return inputs.map((input) => {
    const name = input.name.slice(0, 80)
    if (input.type !== FLOAT && input.type !== DOUBLE)
      throw fault({ en: `${name} is not a float or double tensor`, zh: `${name} 不是 float 或 double 张量` })
    if (!single && !asked.inputs.includes(input.name))
      throw fault({ en: `${name} is not an input of the benchmark`, zh: `${name} 不是本基准的输入` })
    const width = single ? asked.inputs.length : 1
    if (!fits(input, width, single)) throw fault({ en: `${name} has another shape`, zh: `${name} 的形状不符` })
    return { name: input.name, type: input.type === FLOAT ? 'float32' : 'float64', rank: input.shape!.length }
  })
}

/** An open size fits anything; a fixed number of rows does not fit, as the number of hidden rows is not the model's affair. */
function fits(value: OnnxValue, width: number, needsTwo: boolean): boolean {
  const shape = value.shape
  if (!shape || shape.length === 0 || shape.length > 2 || shape[0] !== -1) return false
  if (shape.length === 1) return !needsTwo
  return shape[1] === -1 || shape[1] === width
}

function checkOutput(outline: OnnxOutline, asked: ModelTask): string {
  const output = outline.outputs[0]
  const fault = (problem: Text) => modelErrors.onnx_output({ problem })
  if (!output) throw fault({ en: 'there is none', zh: '它没有输出' })
  const types = asked.task === 'classification' ? [FLOAT, DOUBLE, INT64] : [FLOAT, DOUBLE]
  if (!types.includes(output.type ?? 0))
    throw fault({ en: 'its element type is not allowed', zh: '其元素类型不被允许' })
  const scores = asked.task === 'classification' && output.type !== INT64 && output.shape?.length === 2
  if (!fits(output, scores ? asked.classes.length : 1, scores))
    throw fault({ en: 'its shape is not declared so', zh: '其形状没有这样声明' })
  return output.name
}
