/** Columns of a linear program: entries of column `c` are `starts[c] .. starts[c + 1]` of `rows` and `values`. */
export interface LinearColumns {
  readonly cost: Float64Array
  readonly starts: Int32Array
  readonly rows: Int32Array
  readonly values: Float64Array
}

/** Where a column may lie: anywhere from 0 to 1, at 1, at 0. */
export type Held = 'free' | 'in' | 'out'

/**
 * A linear program that is solved again and again while columns are held or added: as cheap as can be, columns from 0 to 1, rows at
 * most their limits. `close` gives its memory back.
 */
export interface LinearModel {
  /** The least cost; undefined where it is above `most`, or where the solver gave up. */
  readonly solve: (most?: number) => number | undefined
  /** Of the last least cost: the value of every column, and what one more unit of each row's limit would save (zero or more). */
  readonly optimum: () => { readonly values: Float64Array; readonly prices: Float64Array }
  readonly hold: (columns: Int32Array, held: Held) => void
  readonly add: (columns: LinearColumns) => void
  /** Remembers the basis; the answer goes back to it. No columns may be added in between. */
  readonly mark: () => () => void
  readonly close: () => void
}

export type OpenLinearModel = (limits: Float64Array, columns: LinearColumns) => LinearModel
