import type { Reason } from '@dengta/kernel'
import { isClassMetric, type Metric, metricDirection, rowsForScore } from '@dengta/statistics'
import { sayG1 } from './g1-reasons.ts'

/** The advice supposes a model whose error is a fifth smaller than the threshold allows. */
const ERROR_IN_TRUTH = 0.8

interface AskedRows {
  readonly id: string
  readonly metric: Metric
  readonly threshold: number
  readonly minimumRows: number
}

/** Do the rows asked for suffice to show the threshold? One-sided 95 %, power 90 %, rows taken as independent. */
export function rowsAdvice({ id, metric, threshold, minimumRows: rows }: AskedRows): Reason {
  const truth = supposedTruth(metric, threshold)
  const needed = truth && rowsForScore({ metric, threshold, truth, confidence: 0.95, power: 0.9 })
  if (truth === undefined || needed === undefined) return sayG1('g1.rows', 'stated', { id, rows, metric })
  const figures = { id, rows, needed, truth: Number(truth.toPrecision(4)) }
  return sayG1('g1.rows', rows >= needed ? 'enough' : 'few', figures)
}

/** Undefined where the threshold leaves no room for a better model, or none for the formula. */
function supposedTruth(metric: Metric, threshold: number): number | undefined {
  if (metricDirection(metric) < 0) return threshold > 0 ? threshold * ERROR_IN_TRUTH : undefined
  const inDomain = threshold < 1 && (threshold > 0 || !isClassMetric(metric))
  return inDomain ? 1 - (1 - threshold) * ERROR_IN_TRUTH : undefined
}
