import { statisticsErrors } from '../errors.ts'
import { isClassMetric, type Metric } from './metric.ts'

/** Truth and prediction, row by row. `classes` is 0 for regression; `rows` selects rows and gives their order. */
export interface ScoredRows {
  readonly metric: Metric
  readonly truth: Float64Array
  readonly predicted: Float64Array
  readonly classes: number
  readonly rows?: Int32Array
}

/** The chosen rows as dense columns. Throws on unequal lengths, no rows, or a value that is no number or no class. */
export function selectRows(scored: ScoredRows): ScoredRows {
  const { metric, classes, rows } = scored
  if (scored.truth.length !== scored.predicted.length)
    throw statisticsErrors.lengths_differ({ truth: scored.truth.length, predicted: scored.predicted.length })
  const truth = pick(scored.truth, rows)
  const predicted = pick(scored.predicted, rows)
  if (truth.length === 0) throw statisticsErrors.no_rows()
  const check = isClassMetric(metric) ? requireClasses : requireNumbers
  check(truth, classes)
  check(predicted, classes)
  return { metric, truth, predicted, classes }
}

function pick(column: Float64Array, rows: Int32Array | undefined): Float64Array {
  return rows ? Float64Array.from(rows, (row) => column[row] ?? Number.NaN) : column
}

function requireNumbers(column: Float64Array): void {
  const row = column.findIndex((value) => !Number.isFinite(value))
  if (row >= 0) throw statisticsErrors.not_a_number({ row })
}

function requireClasses(column: Float64Array, classes: number): void {
  const row = column.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < classes))
  if (row >= 0) throw statisticsErrors.not_a_class({ row, last: classes - 1 })
}
