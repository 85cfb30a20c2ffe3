import { firstEqualRows } from './equal-rows.ts'
import { neighbourSearch } from './near-neighbours.ts'
import { rowsWhere } from './split.ts'

export interface LeakLimits {
  /** Distinct vectors that may stand in both parts. */
  readonly exactVectors: number
  /** Share of the hidden rows that may have a near open neighbour. */
  readonly nearShare: number
  /** Euclidean, in standard deviations of the open rows. */
  readonly nearDistance: number
}

export interface Leak {
  readonly verdict: 'pass' | 'fail'
  /** Distinct feature vectors that stand in both parts. */
  readonly exactVectors: number
  /** Hidden rows whose vector also stands in the open part. */
  readonly exactRows: number
  /** Hidden rows with an open neighbour nearer than `nearDistance`, exact ones left out. */
  readonly nearRows: number
  readonly hiddenRows: number
}

/** Looks for rows that stand on both sides of the split, by their features alone. Pure and exact. */
export function findLeak(features: readonly Float64Array[], hidden: Uint8Array, limits: LeakLimits): Leak {
  const open = rowsWhere(hidden, 0)
  const hiddenRows = rowsWhere(hidden, 1)
  const first = firstEqualRows(features, hidden.length)
  const openVectors = new Set(Array.from(open, (row) => first[row]!))
  const exact = hiddenRows.filter((row) => openVectors.has(first[row]!))
  const others = hiddenRows.filter((row) => !openVectors.has(first[row]!))
  const exactVectors = new Set(Array.from(exact, (row) => first[row]!)).size
  const nearRows = countNear(features, open, { queries: others, distance: limits.nearDistance })
  const within = exactVectors <= limits.exactVectors && nearRows <= limits.nearShare * hiddenRows.length
  return {
    verdict: within ? 'pass' : 'fail',
    exactVectors,
    exactRows: exact.length,
    nearRows,
    hiddenRows: hiddenRows.length,
  }
}

function countNear(
  features: readonly Float64Array[],
  open: Int32Array,
  { queries, distance }: { readonly queries: Int32Array; readonly distance: number },
): number {
  const scales = features.map((column) => scaleOf(column, open))
  const points = standardised(features, scales, open)
  const hasNeighbour = neighbourSearch({ count: open.length, dimensions: features.length, values: points }, distance)
  const values = standardised(features, scales, queries)
  return queries.reduce((count, _, i) => count + Number(hasNeighbour(values, i * features.length)), 0)
}

/** One over the standard deviation of the open rows; 1 where a column stands still there. */
function scaleOf(column: Float64Array, rows: Int32Array): number {
  const mean = rows.reduce((sum, row) => sum + column[row]!, 0) / rows.length
  const variance = rows.reduce((sum, row) => sum + (column[row]! - mean) ** 2, 0) / rows.length
  return variance > 0 ? 1 / Math.sqrt(variance) : 1
}

function standardised(features: readonly Float64Array[], scales: readonly number[], rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length * features.length)
  for (const [d, column] of features.entries())
    for (let i = 0; i < rows.length; i += 1) values[i * features.length + d] = column[rows[i]!]! * scales[d]!
  return values
}
