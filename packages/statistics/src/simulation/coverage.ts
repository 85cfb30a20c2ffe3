import { scoreInterval } from '../interval/score-interval.ts'
import type { Metric } from '../metric/metric.ts'
import { type Random, seededRandom, uniform } from '../random.ts'
import { autoregressive, percentTrue } from './simulate.ts'

export interface CoverageOptions {
  readonly metric: Metric
  readonly rows: number
  readonly blockRows: number
  /** Correlation of neighbouring rows; regression only. */
  readonly persistence: number
  readonly runs: number
}

interface Columns {
  readonly truth: Float64Array
  readonly predicted: Float64Array
}

/** Scores in truth: signal of variance 1, error of deviation 0.5; four classes, named rightly with chance 0.7 + 0.3 / 4. */
const IN_TRUTH: Readonly<Record<Metric, number>> = {
  r2: 0.8,
  mae: 0.5 * Math.sqrt(2 / Math.PI),
  rmse: 0.5,
  accuracy: 0.775,
  'macro-f1': 0.775,
}

/** How often, in per cent, the 95 % interval holds the score that is true of the whole population. */
export function coverage({ metric, rows, blockRows, persistence, runs }: CoverageOptions): number {
  const random = seededRandom(20_240_917)
  const classes = metric === 'accuracy' || metric === 'macro-f1' ? 4 : 0
  return percentTrue(runs, (run) => {
    const columns = classes > 0 ? namedClasses(random, rows, classes) : noisySignal(random, rows, persistence)
    const { low, high } = scoreInterval({
      ...{ metric, ...columns, classes, blockRows, resamples: 1000 },
      seed: run,
      level: 0.95,
    })
    return low <= IN_TRUTH[metric] && IN_TRUTH[metric] <= high
  })
}

function noisySignal(random: Random, rows: number, persistence: number): Columns {
  const predicted = autoregressive(random, rows, persistence)
  const noise = autoregressive(random, rows, persistence)
  return { predicted, truth: predicted.map((value, row) => value + 0.5 * noise[row]!) }
}

function namedClasses(random: Random, rows: number, classes: number): Columns {
  const truth = Float64Array.from({ length: rows }, () => Math.floor(uniform(random) * classes))
  const predicted = truth.map((value) => (uniform(random) < 0.7 ? value : Math.floor(uniform(random) * classes)))
  return { truth, predicted }
}
