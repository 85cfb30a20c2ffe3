export const METRICS = ['r2', 'mae', 'rmse', 'accuracy', 'macro-f1'] as const
/** `r2`, `mae`, `rmse` over numbers; `accuracy`, `macro-f1` over class numbers 0 .. classes - 1. */
export type Metric = (typeof METRICS)[number]

export function isClassMetric(metric: Metric): boolean {
  return metric === 'accuracy' || metric === 'macro-f1'
}

/** +1 where a higher value is better, -1 where a lower one is. */
export function metricDirection(metric: Metric): 1 | -1 {
  return metric === 'mae' || metric === 'rmse' ? -1 : 1
}
