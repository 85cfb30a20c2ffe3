import { bytesField, doubleBytes, integerField, integersField, message, textField } from './protobuf-writer.ts'

/** TensorProto.DataType numbers (onnx/onnx, onnx.proto3); so are all field numbers below. */
export const DOUBLE = 11
const INT64 = 7

/** AttributeProto.AttributeType numbers. */
const TYPE = { integer: 2, tensor: 4, integers: 7, texts: 8 } as const

export function doubles(name: string, dims: readonly number[], values: ArrayLike<number>): Uint8Array {
  const head = [integersField(1, dims), integerField(2, DOUBLE), textField(8, name)]
  return message(...head, bytesField(9, doubleBytes(values)))
}

export function integers(name: string, values: readonly number[]): Uint8Array {
  return message(
    integersField(1, [values.length]),
    integerField(2, INT64),
    integersField(7, values),
    textField(8, name),
  )
}

export function integer(name: string, value: number): Uint8Array {
  return message(textField(1, name), integerField(3, value), integerField(20, TYPE.integer))
}

export function integerList(name: string, values: readonly number[]): Uint8Array {
  return message(textField(1, name), integersField(8, values), integerField(20, TYPE.integers))
}

export function textList(name: string, values: readonly string[]): Uint8Array {
  return message(textField(1, name), ...values.map((value) => textField(9, value)), integerField(20, TYPE.texts))
}

export function tensor(name: string, value: Uint8Array): Uint8Array {
  return message(textField(1, name), bytesField(5, value), integerField(20, TYPE.tensor))
}

/** One node; inputs and outputs are named by their edges. An operator of another domain is written `<domain>.<operator>`. */
export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly Uint8Array[] = [],
): Uint8Array {
  const dot = operator.lastIndexOf('.')
  return message(
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, operator.slice(dot + 1)),
    ...attributes.map((attribute) => bytesField(5, attribute)),
    textField(7, operator.slice(0, Math.max(dot, 0))),
  )
}

/** A float64 tensor at the edge of the graph; `undefined` marks an open size. */
export function value(name: string, dims: readonly (number | undefined)[], type = DOUBLE): Uint8Array {
  const shape = message(
    ...dims.map((dim) => bytesField(1, dim === undefined ? textField(2, 'N') : integerField(1, dim))),
  )
  return message(textField(1, name), bytesField(2, bytesField(1, message(integerField(1, type), bytesField(2, shape)))))
}

export interface ModelParts {
  readonly nodes: readonly Uint8Array[]
  readonly initializers: readonly Uint8Array[]
  readonly input: Uint8Array
  readonly output: Uint8Array
}

/** A ModelProto with operator sets '' 17 and ai.onnx.ml 3. */
export function model({ nodes, initializers, input, output }: ModelParts): Uint8Array {
  const graph = message(
    ...nodes.map((bytes) => bytesField(1, bytes)),
    textField(2, 'dengta'),
    ...initializers.map((bytes) => bytesField(5, bytes)),
    bytesField(11, input),
    bytesField(12, output),
  )
  const opset = (domain: string, version: number) =>
    bytesField(8, message(textField(1, domain), integerField(2, version)))
  return message(
    integerField(1, 8),
    textField(2, 'dengta'),
    bytesField(7, graph),
    opset('', 17),
    opset('ai.onnx.ml', 3),
  )
}
