import { requireDomain } from '../errors.ts'
import type { Metric } from '../metric/metric.ts'
import { normalQuantile } from '../special/normal.ts'
import { rowsForRate } from './rows-for-rate.ts'

export interface RowsForScoreOptions {
  readonly metric: Metric
  readonly threshold: number
  /** The score that is expected in truth, on the good side of `threshold`. */
  readonly truth: number
  readonly confidence: number
  readonly power: number
}

/**
 * Independent rows needed until the one-sided bound passes `threshold`. Accuracy: exact. R², MAE, RMSE: the large-sample
 * spread under normal errors, so a guide and not a proof. Macro-F1: undefined, it depends on the unknown confusions.
 */
export function rowsForScore(options: RowsForScoreOptions): number | undefined {
  const { metric, threshold, truth, confidence, power } = options
  if (metric === 'macro-f1') return undefined
  if (metric === 'accuracy') return rowsForRate({ limit: 1 - threshold, truth: 1 - truth, confidence, power }).safe
  requireDomain(metric === 'r2' ? truth > threshold : truth < threshold, 'truth', truth, `better than ${threshold}`)
  const spread = rowSpread(metric)
  const reach = normalQuantile(confidence) * spread(threshold) + normalQuantile(power) * spread(truth)
  return Math.ceil((reach / (truth - threshold)) ** 2)
}

/** Standard deviation of the score, times √rows, by the delta method under normal errors independent of the prediction. */
function rowSpread(metric: 'r2' | 'mae' | 'rmse'): (score: number) => number {
  if (metric === 'r2') return (score) => 2 * Math.sqrt(Math.max(score, 0)) * (1 - score)
  if (metric === 'mae') return (score) => score * Math.sqrt(Math.PI / 2 - 1)
  return (score) => score / Math.SQRT2
}
