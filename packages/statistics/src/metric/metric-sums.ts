import type { ScoredRows } from './scored-rows.ts'

/**
 * A metric as a function of additive sums, so that a resample costs one addition a block and not a pass over its rows.
 * `add` adds row `row` into `out` at `at`; `score` turns `width` sums over `rows` rows into the metric.
 */
export interface MetricSums {
  readonly width: number
  readonly rows: number
  readonly add: (out: Float64Array, at: number, row: number) => void
  readonly score: (sums: Float64Array, rows: number) => number
}

/** The sums of dense, checked rows (see `selectRows`). */
export function metricSums(scored: ScoredRows): MetricSums {
  switch (scored.metric) {
    case 'r2':
      return explainedVariance(scored)
    case 'mae':
      return meanOf(scored, Math.abs, (mean) => mean)
    case 'rmse':
      return meanOf(scored, (error) => error * error, Math.sqrt)
    case 'accuracy':
      return meanOf(
        scored,
        (error) => (error === 0 ? 1 : 0),
        (mean) => mean,
      )
    case 'macro-f1':
      return macroF1(scored)
  }
}

function meanOf(
  { truth, predicted }: ScoredRows,
  ofError: (error: number) => number,
  ofMean: (mean: number) => number,
): MetricSums {
  return {
    width: 1,
    rows: truth.length,
    add: (out, at, row) => {
      out[at]! += ofError(predicted[row]! - truth[row]!)
    },
    score: (sums, rows) => ofMean(sums[0]! / rows),
  }
}

/** 1 - SSE / SST; the truth is taken from its overall mean so that the squares do not cancel. */
function explainedVariance({ truth, predicted }: ScoredRows): MetricSums {
  const centre = truth.reduce((sum, value) => sum + value, 0) / truth.length
  return {
    width: 3,
    rows: truth.length,
    add: (out, at, row) => {
      const value = truth[row]! - centre
      const error = predicted[row]! - truth[row]!
      out[at]! += value
      out[at + 1]! += value * value
      out[at + 2]! += error * error
    },
    score: (sums, rows) => {
      const spread = sums[1]! - (sums[0]! * sums[0]!) / rows
      if (spread <= 1e-13 * sums[1]!) return sums[2]! === 0 ? 1 : 0
      return 1 - sums[2]! / spread
    },
  }
}

/** Three counts a class: rightly named, true, predicted. F1 = 2 right / (true + predicted). */
function macroF1({ truth, predicted, classes }: ScoredRows): MetricSums {
  return {
    width: 3 * classes,
    rows: truth.length,
    add: (out, at, row) => {
      const actual = truth[row]!
      const named = predicted[row]!
      if (actual === named) out[at + 3 * actual]! += 1
      out[at + 3 * actual + 1]! += 1
      out[at + 3 * named + 2]! += 1
    },
    score: (sums) => {
      let total = 0
      let present = 0
      for (let i = 0; i < 3 * classes; i += 3) {
        const both = sums[i + 1]! + sums[i + 2]!
        if (both === 0) continue
        total += (2 * sums[i]!) / both
        present += 1
      }
      return total / present
    },
  }
}
