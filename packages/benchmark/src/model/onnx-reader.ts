import { type Field, fields, textOf } from './protobuf-reader.ts'

/** A declared input or output. `shape` holds -1 where the size is open; undefined where no rank is declared. */
export interface OnnxValue {
  readonly name: string
  /** TensorProto.DataType; undefined for anything but a tensor. */
  readonly type: number | undefined
  readonly shape: readonly number[] | undefined
}

export interface OnnxNode {
  readonly operator: string
  readonly domain: string
  readonly carriesGraph: boolean
}

/** What the check needs to know of a model; the weights themselves are passed over. */
export interface OnnxOutline {
  readonly irVersion: number
  readonly opsets: ReadonlyMap<string, number>
  /** True for training information or functions, which are graphs outside the graph. */
  readonly otherGraphs: boolean
  readonly nodes: readonly OnnxNode[]
  readonly inputs: readonly OnnxValue[]
  readonly outputs: readonly OnnxValue[]
  readonly initializers: ReadonlySet<string>
  readonly externalTensors: readonly string[]
  /** Bytes of all tensors in the file. */
  readonly weightBytes: number
}

function emptyOutline() {
  return {
    irVersion: 0,
    opsets: new Map<string, number>(),
    otherGraphs: false,
    nodes: [] as OnnxNode[],
    inputs: [] as OnnxValue[],
    outputs: [] as OnnxValue[],
    initializers: new Set<string>(),
    externalTensors: [] as string[],
    weightBytes: 0,
  }
}
type Outline = ReturnType<typeof emptyOutline>

/** Reads a ModelProto (onnx/onnx, onnx.proto3); throws `model.malformed_onnx`. Field numbers are those of that file. */
export function readOnnx(bytes: Uint8Array): OnnxOutline {
  const out = emptyOutline()
  for (const field of fields(bytes)) {
    if (field.number === 1) out.irVersion = field.integer
    else if (field.number === 7) readGraph(field.bytes, out)
    else if (field.number === 8) readOpset(field.bytes, out)
    else if (field.number === 20 || field.number === 25) out.otherGraphs = true
  }
  return out
}

function readOpset(bytes: Uint8Array, out: Outline): void {
  let domain = ''
  let version = 0
  for (const field of fields(bytes)) {
    if (field.number === 1) domain = textOf(field)
    else if (field.number === 2) version = field.integer
  }
  out.opsets.set(domain === 'ai.onnx' ? '' : domain, version)
}

function readGraph(bytes: Uint8Array, out: Outline): void {
  for (const field of fields(bytes)) {
    if (field.number === 1) out.nodes.push(readNode(field.bytes, out))
    else if (field.number === 5) out.initializers.add(readTensor(field.bytes, out))
    else if (field.number === 11) out.inputs.push(readValue(field.bytes))
    else if (field.number === 12) out.outputs.push(readValue(field.bytes))
    else if (field.number === 15) readSparseTensor(field.bytes, out)
  }
}

function readNode(bytes: Uint8Array, out: Outline): OnnxNode {
  let operator = ''
  let domain = ''
  let carriesGraph = false
  for (const field of fields(bytes)) {
    if (field.number === 4) operator = textOf(field)
    else if (field.number === 7) domain = textOf(field)
    else if (field.number === 5) carriesGraph = readAttribute(field.bytes, out) || carriesGraph
  }
  return { operator, domain: domain === 'ai.onnx' ? '' : domain, carriesGraph }
}

/** Counts tensors inside an attribute; answers whether it holds a graph. */
function readAttribute(bytes: Uint8Array, out: Outline): boolean {
  let graph = false
  for (const field of fields(bytes)) {
    if (field.number === 5 || field.number === 10) readTensor(field.bytes, out)
    else if (field.number === 22 || field.number === 23) readSparseTensor(field.bytes, out)
    else if (field.number === 6 || field.number === 11) graph = true
    else if (field.number === 7 || field.number === 8) out.weightBytes += Math.max(field.bytes.length, 8)
  }
  return graph
}

function readSparseTensor(bytes: Uint8Array, out: Outline): void {
  for (const field of fields(bytes)) if (field.number === 1 || field.number === 2) readTensor(field.bytes, out)
}

function readTensor(bytes: Uint8Array, out: Outline): string {
  let name = ''
  let external = false
  for (const field of fields(bytes)) {
    if (field.number === 8) name = textOf(field)
    else if (field.number === 13 || (field.number === 14 && field.integer !== 0)) external = true
  }
  out.weightBytes += bytes.length
  if (external) out.externalTensors.push(name)
  return name
}

function readValue(bytes: Uint8Array): OnnxValue {
  let name = ''
  let tensor: Uint8Array | undefined
  for (const field of fields(bytes)) {
    if (field.number === 1) name = textOf(field)
    else if (field.number === 2) tensor = inner(field, 1)
  }
  if (tensor === undefined) return { name, type: undefined, shape: undefined }
  let type: number | undefined
  let shape: readonly number[] | undefined
  for (const field of fields(tensor)) {
    if (field.number === 1) type = field.integer
    else if (field.number === 2) shape = readShape(field.bytes)
  }
  return { name, type, shape }
}

function inner(field: Field, number: number): Uint8Array | undefined {
  for (const part of fields(field.bytes)) if (part.number === number) return part.bytes
  return undefined
}

function readShape(bytes: Uint8Array): readonly number[] {
  const shape: number[] = []
  for (const field of fields(bytes)) {
    if (field.number !== 1) continue
    const size = Array.from(fields(field.bytes)).find((part) => part.number === 1)
    shape.push(size?.integer ?? -1)
  }
  return shape
}
