/** A category column: `labels[codes[row]]`. */
export interface CategoryColumn {
  readonly codes: Int32Array
  readonly labels: readonly string[]
}

/** Rows as columns. Numbers in Float64Array, NaN where a cell is missing. */
export interface Table {
  readonly rows: number
  readonly numbers: ReadonlyMap<string, Float64Array>
  readonly categories: ReadonlyMap<string, CategoryColumn>
}

/** What a model reads: `values[row * names.length + column]`, row-major. */
export interface Matrix {
  readonly rows: number
  readonly names: readonly string[]
  readonly values: Float64Array
}

/** Rows ready for a model, in file order, with what it should have said. A class target is the index into `classes`. */
export interface LabelledRows {
  readonly inputs: Matrix
  readonly target: Float64Array
  readonly classes: readonly string[]
  /** Part label of each row, by `period` and `group` column where the benchmark has them. */
  readonly periods: readonly string[] | undefined
  readonly groups: readonly string[] | undefined
}

/** The hidden rows. */
export type ScoringSet = LabelledRows

/** The open rows, without those too early in the file to have delayed feedback. */
export type TrainingSet = LabelledRows
