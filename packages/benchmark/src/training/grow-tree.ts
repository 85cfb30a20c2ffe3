import type { Tree } from '../model/tree-format.ts'
import { BINS, type Binned } from './bins.ts'

export interface GrowOptions {
  readonly depth: number
  readonly minimumLeafRows: number
  /** Added to the sum of second derivatives of each leaf. */
  readonly penalty: number
  /** Factor on every leaf value. */
  readonly learningRate: number
}

/** First and second derivatives of the loss by row. */
export interface Derivatives {
  readonly first: Float64Array
  readonly second: Float64Array
}

/** A tree with thresholds for values and, beside them, the bins that they stand for. */
export interface GrownTree extends Omit<Tree, 'output'> {
  readonly bin: readonly number[]
}

interface Growing {
  readonly binned: Binned
  readonly derivatives: Derivatives
  readonly options: GrowOptions
  readonly tree: {
    feature: number[]
    threshold: number[]
    left: number[]
    right: number[]
    value: number[]
    bin: number[]
  }
}

interface Split {
  readonly feature: number
  readonly bin: number
  readonly gain: number
}

/** Sums of one node: [first derivatives, second derivatives, rows] for each bin of each feature. */
type Histogram = Float64Array

const CELL = 3
const FEATURE = (BINS + 1) * CELL

/** Grows one regression tree on the given rows by histograms, children before siblings. The order of `rows` is changed. */
export function growTree(binned: Binned, rows: Int32Array, derivatives: Derivatives, options: GrowOptions): GrownTree {
  const tree = { feature: [], threshold: [], left: [], right: [], value: [], bin: [] }
  const growing = { binned, derivatives, options, tree }
  growNode(growing, rows, histogramOf(growing, rows), 0)
  return tree
}

function growNode(growing: Growing, rows: Int32Array, histogram: Histogram, depth: number): number {
  const { tree, options } = growing
  const node = addLeaf(growing, histogram)
  const split = depth < options.depth ? bestSplit(growing, histogram) : undefined
  if (!split) return node
  tree.feature[node] = split.feature
  tree.bin[node] = split.bin
  tree.threshold[node] = growing.binned.edges[split.feature]![split.bin]!
  tree.value[node] = 0
  const cut = partition(growing.binned, rows, split)
  const [left, right] = [rows.subarray(0, cut), rows.subarray(cut)]
  const needed = depth + 1 < options.depth
  const sums = needed ? childHistograms(growing, [left, right], histogram) : leafHistograms(growing, [left, right])
  tree.left[node] = growNode(growing, left, sums[0], depth + 1)
  tree.right[node] = growNode(growing, right, sums[1], depth + 1)
  return node
}

/** The smaller child is counted, the larger one is what remains of the parent. */
function childHistograms(
  growing: Growing,
  [left, right]: readonly [Int32Array, Int32Array],
  parent: Histogram,
): readonly [Histogram, Histogram] {
  const small = histogramOf(growing, left.length <= right.length ? left : right)
  for (let i = 0; i < parent.length; i += 1) parent[i]! -= small[i]!
  return left.length <= right.length ? [small, parent] : [parent, small]
}

/** A leaf needs its totals only: the sums over one feature. */
function leafHistograms(
  growing: Growing,
  children: readonly [Int32Array, Int32Array],
): readonly [Histogram, Histogram] {
  return children.map((rows) => {
    const { first, second } = growing.derivatives
    const sums = new Float64Array(FEATURE)
    for (const row of rows) {
      sums[0]! += first[row]!
      sums[1]! += second[row]!
      sums[2]! += 1
    }
    return sums
  }) as unknown as readonly [Histogram, Histogram]
}

function addLeaf({ tree, options }: Growing, histogram: Histogram): number {
  const [first, second] = totals(histogram)
  tree.feature.push(-1)
  tree.bin.push(0)
  tree.threshold.push(0)
  tree.left.push(0)
  tree.right.push(0)
  tree.value.push((-options.learningRate * first) / (second + options.penalty + 1e-12))
  return tree.feature.length - 1
}

function histogramOf({ binned, derivatives }: Growing, rows: Int32Array): Histogram {
  const { width, codes } = binned
  const { first, second } = derivatives
  const sums = new Float64Array(width * FEATURE)
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!
    const g = first[row]!
    const h = second[row]!
    for (let f = 0; f < width; f += 1) {
      const at = f * FEATURE + codes[row * width + f]! * CELL
      sums[at] = sums[at]! + g
      sums[at + 1] = sums[at + 1]! + h
      sums[at + 2] = sums[at + 2]! + 1
    }
  }
  return sums
}

function totals(histogram: Histogram): readonly [number, number, number] {
  let [first, second, rows] = [0, 0, 0]
  for (let at = 0; at < FEATURE; at += CELL) {
    first += histogram[at]!
    second += histogram[at + 1]!
    rows += histogram[at + 2]!
  }
  return [first, second, rows]
}

function bestSplit({ binned, options }: Growing, histogram: Histogram): Split | undefined {
  const [first, second, rows] = totals(histogram)
  const worth = (g: number, h: number) => (g * g) / (h + options.penalty + 1e-12)
  const whole = worth(first, second)
  let best: Split | undefined
  for (let f = 0; f < binned.width; f += 1) {
    let [g, h, n] = [0, 0, 0]
    const last = binned.edges[f]!.length
    for (let bin = 0; bin < last; bin += 1) {
      const at = f * FEATURE + bin * CELL
      g += histogram[at]!
      h += histogram[at + 1]!
      n += histogram[at + 2]!
      if (n < options.minimumLeafRows) continue
      if (rows - n < options.minimumLeafRows) break
      const gain = worth(g, h) + worth(first - g, second - h) - whole
      if (gain > (best?.gain ?? 1e-10)) best = { feature: f, bin, gain }
    }
  }
  return best
}

/** Moves the rows that go left to the front; answers how many they are. */
function partition({ codes, width }: Binned, rows: Int32Array, { feature, bin }: Split): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const row = rows[low]!
    if (codes[row * width + feature]! <= bin) low += 1
    else {
      high -= 1
      rows[low] = rows[high]!
      rows[high] = row
    }
  }
  return low
}
