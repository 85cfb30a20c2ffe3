import { type Random, seededRandom, uniform } from '@dengta/statistics'
import type { Matrix } from '../data-set/table.ts'
import type { Tree } from '../model/tree-format.ts'
import { type Binned, binFeatures } from './bins.ts'
import { type Derivatives, type GrownTree, type GrowOptions, growTree } from './grow-tree.ts'
import { softmaxInPlace } from './softmax.ts'

export interface BoostingOptions extends GrowOptions {
  readonly rounds: number
  /** Share of the rows that each tree sees, chosen by `seed`. */
  readonly subsample: number
  readonly seed: number
}

export interface BoostedTrees {
  readonly base: readonly number[]
  readonly trees: readonly Tree[]
}

/** Gradient boosting with squared loss. */
export function boostRegression(features: Matrix, target: Float64Array, options: BoostingOptions): BoostedTrees {
  const binned = binFeatures(features)
  const random = seededRandom(options.seed)
  const base = target.reduce((sum, value) => sum + value / target.length, 0)
  const scores = new Float64Array(binned.rows).fill(base)
  const second = new Float64Array(binned.rows).fill(1)
  const trees: Tree[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const first = scores.map((score, row) => score - target[row]!)
    const tree = growTree(binned, sampleRows(binned.rows, options.subsample, random), { first, second }, options)
    addTree(binned, tree, { scores, outputs: 1, output: 0 })
    trees.push(plain(tree, 0))
  }
  return { base: [base], trees }
}

/** Gradient boosting with softmax loss, one tree per class and round. `target` holds class numbers. */
export function boostClasses(
  features: Matrix,
  target: Float64Array,
  options: BoostingOptions & { classes: number },
): BoostedTrees {
  const { classes } = options
  const binned = binFeatures(features)
  const random = seededRandom(options.seed)
  const counts = new Float64Array(classes)
  for (const label of target) counts[label]! += 1
  const base = Array.from(counts, (count) => Math.log(Math.max(count, 0.5) / target.length))
  const scores = Float64Array.from({ length: binned.rows * classes }, (_, at) => base[at % classes]!)
  const trees: Tree[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    const rows = sampleRows(binned.rows, options.subsample, random)
    softmaxDerivatives(scores, target, classes).forEach((derivatives, output) => {
      const tree = growTree(binned, rows, derivatives, options)
      addTree(binned, tree, { scores, outputs: classes, output })
      trees.push(plain(tree, output))
    })
  }
  return { base, trees }
}

function sampleRows(rows: number, share: number, random: Random): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  return share >= 1 ? all : all.filter(() => uniform(random) < share)
}

function softmaxDerivatives(scores: Float64Array, target: Float64Array, classes: number): readonly Derivatives[] {
  const rows = target.length
  const out = Array.from({ length: classes }, () => ({ first: new Float64Array(rows), second: new Float64Array(rows) }))
  const shares = new Float64Array(classes)
  for (let row = 0; row < rows; row += 1) {
    shares.set(scores.subarray(row * classes, (row + 1) * classes))
    softmaxInPlace(shares)
    out.forEach(({ first, second }, k) => {
      first[row] = shares[k]! - (target[row] === k ? 1 : 0)
      second[row] = shares[k]! * (1 - shares[k]!)
    })
  }
  return out
}

interface Adding {
  readonly scores: Float64Array
  readonly outputs: number
  readonly output: number
}

/** Adds a tree's answers to the scores of every row, those it was not grown on included. */
function addTree({ rows, width, codes }: Binned, tree: GrownTree, { scores, outputs, output }: Adding): void {
  const [feature, bin, left, right] = [tree.feature, tree.bin, tree.left, tree.right].map((a) => Int32Array.from(a))
  for (let row = 0; row < rows; row += 1) {
    let node = 0
    while (feature![node]! >= 0)
      node = codes[row * width + feature![node]!]! <= bin![node]! ? left![node]! : right![node]!
    scores[row * outputs + output]! += tree.value[node]!
  }
}

function plain({ feature, threshold, left, right, value }: GrownTree, output: number): Tree {
  return {
    output,
    feature: [...feature],
    threshold: [...threshold],
    left: [...left],
    right: [...right],
    value: [...value],
  }
}
