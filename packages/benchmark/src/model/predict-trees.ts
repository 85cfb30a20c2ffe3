import type { Matrix } from '../data-set/table.ts'
import { classOrder, highestClass } from './classes.ts'
import { featureMatrix, offsetColumn } from './features.ts'
import { type FlatTrees, flattenTrees } from './flat-trees.ts'
import type { TreeModel } from './tree-format.ts'

/** One prediction per row; for classes the number of the class in `classes` of the benchmark. */
export function predictTrees(model: TreeModel, inputs: Matrix, classes: readonly string[]): Float64Array {
  const features = featureMatrix(model.features, inputs)
  const offset = model.task === 'regression' ? offsetColumn(model.offset, inputs) : new Float64Array(inputs.rows)
  const scores = new Float64Array(inputs.rows * model.base.length)
  for (let at = 0; at < scores.length; at += 1)
    scores[at] = model.base[at % model.base.length]! + offset[Math.floor(at / model.base.length)]!
  addTrees(flattenTrees(model.trees), features, scores)
  return model.task === 'regression' ? scores : highestClass(scores, classOrder(model.classes, classes))
}

function addTrees(flat: FlatTrees, features: Matrix, scores: Float64Array): void {
  const width = features.names.length
  const outputs = scores.length / features.rows
  for (let t = 0; t < flat.root.length; t += 1) {
    const output = flat.output[t]!
    for (let row = 0; row < features.rows; row += 1) {
      const at = row * outputs + output
      scores[at] = scores[at]! + flat.value[leafOf(flat, flat.root[t]!, features.values, row * width)]!
    }
  }
}

/** Walks from `node` to its leaf; a child always has a higher number, so this ends. NaN goes right, as in ONNX. */
function leafOf(flat: FlatTrees, node: number, values: Float64Array, from: number): number {
  let at = node
  while (flat.feature[at]! >= 0)
    at = values[from + flat.feature[at]!]! <= flat.threshold[at]! ? flat.left[at]! : flat.right[at]!
  return at
}
