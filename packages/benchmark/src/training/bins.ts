import type { Matrix } from '../data-set/table.ts'

export const BINS = 255

/** Every value replaced by the number of its bin; a value lies in bin b where it is above `b` edges. */
export interface Binned {
  readonly rows: number
  readonly width: number
  /** `codes[row * width + feature]`. */
  readonly codes: Uint8Array
  /** Upper edges by feature, ascending; values <= edges[b] and above edges[b - 1] lie in bin b. */
  readonly edges: readonly Float64Array[]
}

/** Cuts each feature into at most 255 bins of about equal numbers of rows. */
export function binFeatures(features: Matrix): Binned {
  const width = features.names.length
  const codes = new Uint8Array(features.values.length)
  const edges = Array.from({ length: width }, (_, f) => {
    const column = Float64Array.from({ length: features.rows }, (_, row) => features.values[row * width + f]!)
    const cuts = edgesOf(column)
    column.forEach((value, row) => {
      codes[row * width + f] = codeOf(cuts, value)
    })
    return cuts
  })
  return { rows: features.rows, width, codes, edges }
}

/** Half-way points between neighbouring distinct values; between quantiles where there are too many. */
function edgesOf(column: Float64Array): Float64Array {
  const sorted = column.toSorted()
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1])
  if (distinct.length <= BINS) return distinct.subarray(1).map((value, i) => (value + distinct[i]!) / 2)
  const cuts = new Set<number>()
  for (let b = 1; b < BINS; b += 1) {
    const at = Math.floor((b * sorted.length) / BINS)
    if (sorted[at] !== sorted[at - 1]) cuts.add((sorted[at]! + sorted[at - 1]!) / 2)
    else if (sorted[at] !== sorted[0]) cuts.add(sorted[at]! - (sorted[at]! - before(sorted, at)) / 2)
  }
  return Float64Array.from(cuts).toSorted()
}

/** The largest value below `sorted[at]`. */
function before(sorted: Float64Array, at: number): number {
  let i = at
  while (sorted[i] === sorted[at]) i -= 1
  return sorted[i]!
}

function codeOf(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= edges[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
