import * as write from './onnx-writer.ts'
import { bytesField, integerField, message, textField } from './protobuf-writer.ts'

/** Crafted graphs over the three inputs of `sampleTask`, for tests. */
interface GraphParts {
  readonly nodes: readonly Uint8Array[]
  readonly initializers?: readonly Uint8Array[]
  readonly input?: Uint8Array
  readonly output?: Uint8Array
}

const input = write.value('inputs', [undefined, 3])
const output = write.value('scores', [undefined, 1])
const sum = write.node('ReduceSum', ['inputs', 'axis'], ['scores'], [write.integer('keepdims', 1)])
const axis = write.integers('axis', [1])

function onnxOf(parts: GraphParts): Uint8Array {
  return write.model({ initializers: [axis], input, output, ...parts })
}

/** The sum of the three inputs. */
export const onnxSum = onnxOf({ nodes: [sum] })

/** A few hundred bytes that ask for 8 GB when run: nothing in the file itself is large, so only the sandbox can hold it. */
export const onnxEightGigabytes = onnxOf({
  nodes: [
    write.node('ConstantOfShape', ['huge'], ['zeros']),
    write.node('ReduceSum', ['zeros'], ['nothing'], [write.integer('keepdims', 0)]),
    write.node('Cast', ['nothing'], ['double'], [write.integer('to', write.DOUBLE)]),
    write.node('ReduceSum', ['inputs', 'axis'], ['sum'], [write.integer('keepdims', 1)]),
    write.node('Add', ['sum', 'double'], ['scores']),
  ],
  initializers: [axis, write.integers('huge', [1024, 1024, 2048])],
})

/** Divides by zero: every prediction is infinite or not a number. */
export const onnxNotFinite = onnxOf({
  nodes: [
    write.node('ReduceSum', ['inputs', 'axis'], ['sum'], [write.integer('keepdims', 1)]),
    write.node('Sub', ['sum', 'sum'], ['zero']),
    write.node('Div', ['zero', 'zero'], ['scores']),
  ],
})

/** Declares one value per row, answers one in all. */
export const onnxOneAnswer = onnxOf({
  nodes: [write.node('ReduceSum', ['inputs'], ['scores'], [write.integer('keepdims', 1)])],
})

export const onnxByName = {
  bytes: onnxOf({
    nodes: [write.node('Identity', ['ref.Y'], ['scores'])],
    input: write.value('ref.Y', [undefined, 1]),
  }),
  plan: { inputs: [{ name: 'ref.Y', type: 'float64', rank: 2 }], output: 'scores' },
}

const subgraph = message(textField(1, 'body'), bytesField(6, textField(2, 'inner')), integerField(20, 5))
const outside = message(
  integerField(1, 4),
  integerField(2, write.DOUBLE),
  textField(8, 'weights'),
  bytesField(13, message(textField(1, 'location'), textField(2, '../secret'))),
  integerField(14, 1),
)
const opset = (domain: string, version: number) =>
  bytesField(8, message(textField(1, domain), integerField(2, version)))

/** Models that the static check must refuse, with the code it must give. */
export const hostileOnnx: Readonly<Record<string, { readonly bytes: Uint8Array; readonly code: string }>> = {
  'not an ONNX file': { bytes: Uint8Array.of(1, 2, 3, 4), code: 'model.malformed_onnx' },
  'an empty file': { bytes: new Uint8Array(0), code: 'model.malformed_onnx' },
  'an endless loop': {
    bytes: onnxOf({ nodes: [write.node('Loop', ['inputs'], ['scores'], [subgraph])] }),
    code: 'model.unknown_operator',
  },
  'a hidden graph': {
    bytes: onnxOf({ nodes: [write.node('Identity', ['inputs'], ['scores'], [subgraph])] }),
    code: 'model.subgraph',
  },
  'a random operator': {
    bytes: onnxOf({ nodes: [write.node('RandomNormalLike', ['inputs'], ['scores'])] }),
    code: 'model.unknown_operator',
  },
  'an operator of its own domain': {
    bytes: onnxOf({ nodes: [write.node('com.example.Steal', ['inputs'], ['scores'])] }),
    code: 'model.unknown_domain',
  },
  'an import of another domain': { bytes: message(onnxSum, opset('com.microsoft', 1)), code: 'model.unknown_domain' },
  'an operator set of the future': { bytes: message(onnxSum, opset('', 99)), code: 'model.opset' },
  'a function': { bytes: message(onnxSum, bytesField(25, textField(1, 'f'))), code: 'model.subgraph' },
  'training information': { bytes: message(onnxSum, bytesField(20, new Uint8Array(0))), code: 'model.subgraph' },
  'data in another file': {
    bytes: onnxOf({ nodes: [sum], initializers: [axis, outside] }),
    code: 'model.external_data',
  },
  'data in another file, inside an attribute': {
    bytes: onnxOf({ nodes: [write.node('Constant', [], ['scores'], [write.tensor('value', outside)])] }),
    code: 'model.external_data',
  },
  'too many weights': {
    bytes: onnxOf({ nodes: [sum], initializers: [axis, write.doubles('w', [2000], new Float64Array(2000))] }),
    code: 'model.too_many_weights',
  },
  'too many nodes': { bytes: onnxOf({ nodes: new Array(5001).fill(sum) }), code: 'model.too_many_nodes' },
  'an input of another width': {
    bytes: onnxOf({ nodes: [sum], input: write.value('inputs', [undefined, 7]) }),
    code: 'model.onnx_input',
  },
  'a fixed number of rows': {
    bytes: onnxOf({ nodes: [sum], input: write.value('inputs', [10, 3]) }),
    code: 'model.onnx_input',
  },
  'an integer input': {
    bytes: onnxOf({ nodes: [sum], input: write.value('inputs', [undefined, 3], 7) }),
    code: 'model.onnx_input',
  },
  'an output of three dimensions': {
    bytes: onnxOf({ nodes: [sum], output: write.value('scores', [undefined, 1, 1]) }),
    code: 'model.onnx_output',
  },
  'an output of text': {
    bytes: onnxOf({ nodes: [sum], output: write.value('scores', [undefined, 1], 8) }),
    code: 'model.onnx_output',
  },
}
