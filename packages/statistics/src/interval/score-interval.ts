import { requireDomain } from '../errors.ts'
import { metricSums } from '../metric/metric-sums.ts'
import { type ScoredRows, selectRows } from '../metric/scored-rows.ts'
import { seededRandom } from '../random.ts'
import { bcaInterval } from './bca-interval.ts'
import { blockLength } from './block-length.ts'
import { leaveOneOutScores, resampledScores } from './block-resample.ts'
import { clopperPearson } from './proportion-interval.ts'

export interface ScoreIntervalOptions extends ScoredRows {
  /** Rows that belong together in time: 1 for independent rows. */
  readonly blockRows: number
  readonly resamples: number
  readonly seed: number
  /** Such as 0.95. */
  readonly level: number
}

/** `method` says in words how the interval was made. */
export interface ScoreInterval {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly level: number
  readonly method: string
}

/**
 * A score with its interval. Independent rows and accuracy: Clopper-Pearson; everything else: circular block
 * bootstrap with bias correction (BCa). The same arguments give the same figures on every machine.
 */
export function scoreInterval(options: ScoreIntervalOptions): ScoreInterval {
  const { blockRows, resamples, seed, level } = options
  requireDomain(Number.isInteger(blockRows) && blockRows > 0, 'blockRows', blockRows, '1, 2, 3, …')
  requireDomain(Number.isInteger(resamples) && resamples >= 100, 'resamples', resamples, 'at least 100')
  requireDomain(level > 0 && level < 1, 'level', level, '0 < level < 1')
  const scored = selectRows(options)
  const sums = metricSums(scored)
  const total = new Float64Array(sums.width)
  for (let row = 0; row < sums.rows; row += 1) sums.add(total, 0, row)
  const value = sums.score(total, sums.rows)
  if (sums.rows === 1) return { value, low: value, high: value, level, method: 'none: a single row has no spread' }
  if (scored.metric === 'accuracy' && blockRows === 1) {
    const exact = clopperPearson({ successes: total[0]!, trials: sums.rows }, level)
    return { value, ...exact, level, method: 'Clopper-Pearson' }
  }
  const length = blockLength(sums.rows, blockRows)
  const scores = resampledScores(sums, { length, resamples, random: seededRandom(seed) })
  const { low, high, name } = bcaInterval({ value, scores, leftOut: leaveOneOutScores(sums, length), level })
  return { value, low, high, level, method: methodText(name, length, options) }
}

function methodText(name: string, length: number, { blockRows, resamples, seed }: ScoreIntervalOptions): string {
  const cut = length < blockRows ? ` (shortened from ${blockRows}: too few rows)` : ''
  return `circular block bootstrap, ${name}, blocks of ${length}${cut}, ${resamples} resamples, sfc32 seed ${seed}`
}
