import { statisticsErrors } from '../errors.ts'
import { metricSums } from './metric-sums.ts'

export const METRICS = ['r2', 'mae', 'rmse', 'accuracy', 'macro-f1'] as const
/** `r2`, `mae`, `rmse` over numbers; `accuracy`, `macro-f1` over class numbers 0 .. classes - 1. */
export type Metric = (typeof METRICS)[number]

/** Truth and prediction, row by row. `classes` is 0 for regression; `rows` selects rows and gives their order. */
export interface ScoredRows {
  readonly metric: Metric
  readonly truth: Float64Array
  readonly predicted: Float64Array
  readonly classes: number
  readonly rows?: Int32Array
}

export function isClassMetric(metric: Metric): boolean {
  return metric === 'accuracy' || metric === 'macro-f1'
}

/** +1 where a higher value is better, -1 where a lower one is. */
export function metricDirection(metric: Metric): 1 | -1 {
  return metric === 'mae' || metric === 'rmse' ? -1 : 1
}

/**
 * The score of predictions. `macro-f1` averages over the classes that stand in truth or prediction, as scikit-learn does;
 * `r2` of a constant truth is 1 for a perfect prediction and 0 otherwise.
 */
// biome-ignore lint/complexity/useMaxParams: the signature that the benchmark's scoring was agreed on
export function metricValue(
  metric: Metric,
  truth: Float64Array,
  predicted: Float64Array,
  classes: number,
  rows?: Int32Array,
): number {
  const scored = selectRows({ metric, truth, predicted, classes, ...(rows ? { rows } : {}) })
  const sums = metricSums(scored)
  const total = new Float64Array(sums.width)
  for (let row = 0; row < sums.rows; row += 1) sums.add(total, 0, row)
  return sums.score(total, sums.rows)
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
