import type { Tree } from './tree-format.ts'

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
