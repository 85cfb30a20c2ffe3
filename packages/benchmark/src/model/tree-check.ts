import { modelErrors } from './model-errors.ts'
import type { Tree, TreeModel } from './tree-format.ts'

export const TREE_LIMITS = { nodes: 2_000_000, depth: 64 } as const

/** All trees in one set of arrays; child numbers and roots are absolute. */
export interface FlatTrees {
  readonly root: Int32Array
  readonly output: Int32Array
  readonly feature: Int32Array
  readonly threshold: Float64Array
  readonly left: Int32Array
  readonly right: Int32Array
  readonly value: Float64Array
}

/** Throws unless every tree is finite, acyclic and within its limits. */
export function checkTrees(model: TreeModel, outputs: number): void {
  const nodes = model.trees.reduce((sum, tree) => sum + tree.feature.length, 0)
  if (nodes > TREE_LIMITS.nodes) throw modelErrors.too_many_nodes({ found: nodes, limit: TREE_LIMITS.nodes })
  if (model.base.length !== outputs)
    throw modelErrors.coefficient_count({ part: 'base', found: model.base.length, expected: outputs })
  model.trees.forEach((tree, number) => {
    if (tree.output < 0 || tree.output >= outputs)
      throw modelErrors.tree_output({ tree: number, output: tree.output, last: outputs - 1 })
    checkTree(tree, number, model.features.length)
  })
}

function checkTree(tree: Tree, number: number, features: number): void {
  const nodes = tree.feature.length
  const same = [tree.threshold, tree.left, tree.right, tree.value].every((array) => array.length === nodes)
  if (!same) throw modelErrors.tree_arrays({ tree: number })
  const depth = new Int32Array(nodes)
  for (let node = 0; node < nodes; node += 1) {
    const split = tree.feature[node]!
    if (split < -1 || split >= features) throw modelErrors.tree_feature({ tree: number, node, last: features - 1 })
    if (depth[node]! > TREE_LIMITS.depth)
      throw modelErrors.too_deep({ tree: number, found: depth[node]!, limit: TREE_LIMITS.depth })
    if (split < 0) continue
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      if (child <= node || child >= nodes) throw modelErrors.tree_link({ tree: number, node })
      depth[child] = depth[node]! + 1
    }
  }
}

/** Expects checked trees. */
export function flattenTrees(trees: readonly Tree[]): FlatTrees {
  const root = new Int32Array(trees.length)
  let nodes = 0
  trees.forEach((tree, number) => {
    root[number] = nodes
    nodes += tree.feature.length
  })
  const flat = {
    root,
    output: Int32Array.from(trees, (tree) => tree.output),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
  }
  trees.forEach((tree, number) => {
    place(tree, flat, root[number]!)
  })
  return flat
}

function place(tree: Tree, flat: FlatTrees, start: number): void {
  flat.feature.set(tree.feature, start)
  flat.threshold.set(tree.threshold, start)
  flat.value.set(tree.value, start)
  tree.left.forEach((child, node) => {
    flat.left[start + node] = start + child
  })
  tree.right.forEach((child, node) => {
    flat.right[start + node] = start + child
  })
}
