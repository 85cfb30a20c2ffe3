const LEAF_POINTS = 16

/** Points in a flat array: `values[point * dimensions + d]`. */
export interface Points {
  readonly count: number
  readonly dimensions: number
  readonly values: Float64Array
}

/** Tells whether any of the points lies strictly closer than `distance` to a query (Euclidean). */
export type HasNeighbour = (queries: Float64Array, offset: number) => boolean

/**
 * A k-d tree over the points (Bentley 1975), implicit in an index array: the median of a range stands in its middle, the axis is
 * the widest of the range. Exact; one query costs about log n where `distance` is small against the spread.
 */
export function neighbourSearch(points: Points, distance: number): HasNeighbour {
  const order = Int32Array.from({ length: points.count }, (_, i) => i)
  const axes = new Uint16Array(points.count)
  buildTree({ points, order, axes }, 0, points.count)
  return (queries, offset) =>
    search({ points, order, axes, queries, offset, limit: distance * distance }, 0, points.count)
}

interface Tree {
  readonly points: Points
  readonly order: Int32Array
  readonly axes: Uint16Array
}

interface Query extends Tree {
  readonly queries: Float64Array
  readonly offset: number
  /** Squared. */
  readonly limit: number
}

function buildTree(tree: Tree, from: number, to: number): void {
  if (to - from <= LEAF_POINTS) return
  const middle = (from + to) >> 1
  const axis = widestAxis(tree, from, to)
  tree.axes[middle] = axis
  placeMedian(tree, { from, to: to - 1, middle, axis })
  buildTree(tree, from, middle)
  buildTree(tree, middle + 1, to)
}

function widestAxis({ points, order }: Tree, from: number, to: number): number {
  let [best, width] = [0, -1]
  for (let d = 0; d < points.dimensions; d += 1) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = from; i < to; i += 1) {
      const value = points.values[order[i]! * points.dimensions + d]!
      if (value < low) low = value
      if (value > high) high = value
    }
    if (high - low > width) [best, width] = [d, high - low]
  }
  return best
}

/** Quickselect (Hoare 1961): afterwards nothing before `middle` is larger, nothing after it smaller, along `axis`. */
function placeMedian(
  { points, order }: Tree,
  range: { readonly from: number; readonly to: number; readonly middle: number; readonly axis: number },
): void {
  const at = (i: number): number => points.values[order[i]! * points.dimensions + range.axis]!
  let { from, to } = range
  while (from < to) {
    const pivot = at((from + to) >> 1)
    let [i, j] = [from, to]
    while (i <= j) {
      while (at(i) < pivot) i += 1
      while (at(j) > pivot) j -= 1
      if (i > j) break
      const swapped = order[i]!
      order[i] = order[j]!
      order[j] = swapped
      i += 1
      j -= 1
    }
    if (range.middle <= j) to = j
    else if (range.middle >= i) from = i
    else return
  }
}

function search(query: Query, from: number, to: number): boolean {
  if (to - from <= LEAF_POINTS) {
    for (let i = from; i < to; i += 1) if (isNear(query, query.order[i]!)) return true
    return false
  }
  const middle = (from + to) >> 1
  const point = query.order[middle]!
  if (isNear(query, point)) return true
  const axis = query.axes[middle]!
  const gap = query.queries[query.offset + axis]! - query.points.values[point * query.points.dimensions + axis]!
  const left = gap <= 0
  if (search(query, left ? from : middle + 1, left ? middle : to)) return true
  return gap * gap < query.limit && search(query, left ? middle + 1 : from, left ? to : middle)
}

function isNear({ points, queries, offset, limit }: Query, point: number): boolean {
  const start = point * points.dimensions
  let sum = 0
  for (let d = 0; d < points.dimensions; d += 1) {
    const gap = queries[offset + d]! - points.values[start + d]!
    sum += gap * gap
    if (sum >= limit) return false
  }
  return true
}
