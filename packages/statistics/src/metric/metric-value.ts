import type { Metric } from './metric.ts'
import { metricSums } from './metric-sums.ts'
import { selectRows } from './scored-rows.ts'

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
