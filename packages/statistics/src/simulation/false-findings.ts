import { pairedTest } from '../compare/paired-test.ts'
import { tiers } from '../compare/tiers.ts'
import { metricDirection } from '../metric/metric.ts'
import { metricValue } from '../metric/metric-value.ts'
import { seededRandom } from '../random.ts'
import { normal, percentTrue } from './simulate.ts'

export interface FalseFindingOptions {
  readonly models: number
  readonly rows: number
  readonly runs: number
  readonly resamples: number
}

/** Models that are equally good in truth: how often, in per cent of boards, does any of them get another tier? */
export function falseFindings({ models, rows, runs, resamples }: FalseFindingOptions): number {
  const random = seededRandom(4)
  return percentTrue(runs, (run) => {
    const truth = Float64Array.from({ length: rows }, () => normal(random))
    const predictions = Array.from({ length: models }, () => truth.map((value) => value + 0.5 * normal(random)))
    const score = (predicted: Float64Array) => metricDirection('mae') * metricValue('mae', truth, predicted, 0)
    const ranked = predictions.sort((a, b) => score(b) - score(a))
    const test = { metric: 'mae', truth, classes: 0, blockRows: 1, resamples, seed: run } as const
    const board = tiers(
      models,
      (better, worse) => pairedTest({ ...test, first: ranked[better]!, second: ranked[worse]! }).pValue,
    )
    return board.some((tier) => tier > 1)
  })
}
