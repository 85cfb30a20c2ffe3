import { firstEqualRows } from './equal-rows.ts'

/** Chosen rows of a table, by the columns that count. */
export interface ChosenRows {
  readonly columns: readonly Float64Array[]
  readonly rows: Int32Array
}

/** The rows of `mine` whose vector also stands among the rows of `other`; the columns correspond by place. Linear time. */
export function rowsAlsoIn(mine: ChosenRows, other: ChosenRows): Int32Array {
  const before = other.rows.length
  const joined = mine.columns.map((column, i) => join(pick(other.columns[i]!, other.rows), pick(column, mine.rows)))
  const first = firstEqualRows(joined, before + mine.rows.length)
  return mine.rows.filter((_, i) => first[before + i]! < before)
}

function pick(column: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => column[row]!)
}

function join(first: Float64Array, second: Float64Array): Float64Array {
  const out = new Float64Array(first.length + second.length)
  out.set(first)
  out.set(second, first.length)
  return out
}
