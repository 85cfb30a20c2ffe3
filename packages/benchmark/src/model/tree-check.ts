import { modelErrors } from './model-errors.ts'
import type { Tree, TreeModel } from './tree-format.ts'

const TREE_LIMITS = { nodes: 2_000_000, depth: 64 } as const

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
