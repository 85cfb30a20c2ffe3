import type { Feature } from './feature-format.ts'
import { namesOf, SMALLEST_FOR_LOG } from './features.ts'
import type { LinearModel } from './linear-format.ts'
import * as write from './onnx-writer.ts'
import { linearRows } from './predict-linear.ts'
import type { Tree, TreeModel } from './tree-format.ts'

interface Exported {
  readonly nodes: Uint8Array[]
  readonly initializers: Uint8Array[]
}

/** The same model as ONNX, in float64: input `inputs` [N, inputs], output `scores` [N, outputs]. */
export function exportOnnx(model: LinearModel | TreeModel, inputs: readonly string[]): Uint8Array {
  const graph: Exported = { nodes: [], initializers: [] }
  const columns = addFeatures(model.features, inputs, graph)
  const outputs = model.task === 'classification' ? model.classes.length : 1
  const raw = model.format === 'dengta-linear/v1' ? addLinear(model, columns, graph) : addTrees(model, columns, graph)
  const scores = addOffset(model, { inputs, raw, graph })
  graph.nodes.push(write.node('Identity', [scores], ['scores']))
  return write.model({
    ...graph,
    input: write.value('inputs', [undefined, inputs.length]),
    output: write.value('scores', [undefined, outputs]),
  })
}

/** Differences as one fixed matrix product; logarithms after the plain ones. Answers the old feature number of each column. */
function addFeatures(features: readonly Feature[], inputs: readonly string[], graph: Exported): readonly number[] {
  const isLog = (of: Feature) => typeof of !== 'string' && 'log10' in of
  const numbers = features.map((_, index) => index)
  const columns = [...numbers.filter((i) => !isLog(features[i]!)), ...numbers.filter((i) => isLog(features[i]!))]
  const picks = new Float64Array(inputs.length * columns.length)
  columns.forEach((old, column) => {
    const [first, second] = namesOf(features[old]!)
    picks[inputs.indexOf(first!) * columns.length + column]! += 1
    if (second !== undefined) picks[inputs.indexOf(second) * columns.length + column]! -= 1
  })
  const plain = features.filter((of) => !isLog(of)).length
  graph.initializers.push(write.doubles('picks', [inputs.length, columns.length], picks))
  graph.nodes.push(write.node('MatMul', ['inputs', 'picks'], ['picked']))
  if (plain === columns.length) graph.nodes.push(write.node('Identity', ['picked'], ['features']))
  else addLogarithms(plain, columns.length, graph)
  return columns
}

function addLogarithms(plain: number, width: number, graph: Exported): void {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
  graph.initializers.push(
    write.integers('plain-columns', range(0, plain)),
    write.integers('log-columns', range(plain, width)),
    write.doubles('smallest', [1], [SMALLEST_FOR_LOG]),
    write.doubles('log10-of-e', [1], [Math.LOG10E]),
  )
  graph.nodes.push(
    write.node('Gather', ['picked', 'plain-columns'], ['plain'], [write.integer('axis', 1)]),
    write.node('Gather', ['picked', 'log-columns'], ['positive-or-not'], [write.integer('axis', 1)]),
    write.node('Max', ['positive-or-not', 'smallest'], ['positive']),
    write.node('Log', ['positive'], ['natural']),
    write.node('Mul', ['natural', 'log10-of-e'], ['logs']),
    write.node('Concat', ['plain', 'logs'], ['features'], [write.integer('axis', 1)]),
  )
}

function addLinear(model: LinearModel, columns: readonly number[], graph: Exported): string {
  const { coefficients, intercepts } = linearRows(model)
  const pick = (values: readonly number[]) => columns.map((old) => values[old]!)
  const weights = columns.flatMap((old) => coefficients.map((line) => line[old]!))
  graph.initializers.push(
    write.doubles('centre', [columns.length], pick(model.centre)),
    write.doubles('scale', [columns.length], pick(model.scale)),
    write.doubles('coefficients', [columns.length, coefficients.length], weights),
    write.doubles('intercepts', [coefficients.length], intercepts),
  )
  graph.nodes.push(
    write.node('Sub', ['features', 'centre'], ['centred']),
    write.node('Div', ['centred', 'scale'], ['standard']),
    write.node('MatMul', ['standard', 'coefficients'], ['products']),
    write.node('Add', ['products', 'intercepts'], ['raw']),
  )
  return 'raw'
}

/** ai.onnx.ml 3 TreeEnsembleRegressor; its output is float32, so it is cast back. */
function addTrees(model: TreeModel, columns: readonly number[], graph: Exported): string {
  const column = new Map(columns.map((old, index) => [old, index]))
  const nodes = model.trees.flatMap((tree, id) => tree.feature.map((feature, node) => ({ tree, id, node, feature })))
  const leaves = nodes.filter(({ feature }) => feature < 0)
  const ofNode = (array: keyof Omit<Tree, 'output'>) => nodes.map(({ tree, node }) => Math.max(0, tree[array][node]!))
  const thresholds = nodes.map(({ tree, node }) => tree.threshold[node]!)
  const attributes = [
    write.integer('n_targets', model.base.length),
    write.integerList(
      'nodes_treeids',
      nodes.map(({ id }) => id),
    ),
    write.integerList(
      'nodes_nodeids',
      nodes.map(({ node }) => node),
    ),
    write.integerList(
      'nodes_featureids',
      nodes.map(({ feature }) => (feature < 0 ? 0 : column.get(feature)!)),
    ),
    write.textList(
      'nodes_modes',
      nodes.map(({ feature }) => (feature < 0 ? 'LEAF' : 'BRANCH_LEQ')),
    ),
    write.tensor('nodes_values_as_tensor', write.doubles('', [nodes.length], thresholds)),
    write.integerList('nodes_truenodeids', ofNode('left')),
    write.integerList('nodes_falsenodeids', ofNode('right')),
    write.integerList(
      'target_treeids',
      leaves.map(({ id }) => id),
    ),
    write.integerList(
      'target_nodeids',
      leaves.map(({ node }) => node),
    ),
    write.integerList(
      'target_ids',
      leaves.map(({ tree }) => tree.output),
    ),
    write.tensor(
      'target_weights_as_tensor',
      write.doubles(
        '',
        [leaves.length],
        leaves.map(({ tree, node }) => tree.value[node]!),
      ),
    ),
    write.tensor('base_values_as_tensor', write.doubles('', [model.base.length], model.base)),
  ]
  graph.nodes.push(
    write.node('ai.onnx.ml.TreeEnsembleRegressor', ['features'], ['narrow'], attributes),
    write.node('Cast', ['narrow'], ['raw'], [write.integer('to', write.DOUBLE)]),
  )
  return 'raw'
}

interface OffsetOptions {
  readonly inputs: readonly string[]
  readonly raw: string
  readonly graph: Exported
}

function addOffset(model: LinearModel | TreeModel, { inputs, raw, graph }: OffsetOptions): string {
  if (model.task === 'classification' || model.offset === undefined) return raw
  graph.initializers.push(write.integers('offset-column', [inputs.indexOf(model.offset)]))
  graph.nodes.push(
    write.node('Gather', ['inputs', 'offset-column'], ['offset'], [write.integer('axis', 1)]),
    write.node('Add', [raw, 'offset'], ['shifted']),
  )
  return 'shifted'
}
