import type { MetricSums } from '../metric/metric-sums.ts'
import type { Random } from '../random.ts'

/** How a series is resampled: `length` rows a block, in rows; the last block of a resample is cut to fit. */
export interface ResampleOptions {
  readonly length: number
  readonly resamples: number
  readonly random: Random
}

/**
 * Running sums over the series followed by its own first `length` rows (a circle), row-major, `width` apart:
 * the sums of the block that starts at s are entry s + length less entry s.
 */
function runningSums(sums: MetricSums, length: number): Float64Array {
  const { width, rows } = sums
  const running = new Float64Array((rows + length + 1) * width)
  for (let i = 0; i < rows + length; i += 1) {
    running.copyWithin((i + 1) * width, i * width, (i + 1) * width)
    sums.add(running, (i + 1) * width, i % rows)
  }
  return running
}

/** Scores of circular block resamples (Politis, Romano 1992). Length 1 is the plain bootstrap. */
export function resampledScores(sums: MetricSums, options: ResampleOptions): Float64Array {
  const { width, rows } = sums
  const { length, resamples, random } = options
  const running = runningSums(sums, length)
  const total = new Float64Array(width)
  const scores = new Float64Array(resamples)
  const step = rows / 2 ** 32
  for (let i = 0; i < resamples; i += 1) {
    total.fill(0)
    for (let left = rows; left > 0; left -= length) {
      const from = Math.floor(random() * step) * width
      const to = from + Math.min(length, left) * width
      for (let j = 0; j < width; j += 1) total[j]! += running[to + j]! - running[from + j]!
    }
    scores[i] = sums.score(total, rows)
  }
  return scores
}

/** The score without each of the consecutive blocks in turn (block jackknife). */
export function leaveOneOutScores(sums: MetricSums, length: number): Float64Array {
  const { width, rows } = sums
  const running = runningSums(sums, 0)
  const blocks = Math.ceil(rows / length)
  const rest = new Float64Array(width)
  return Float64Array.from({ length: blocks }, (_, block) => {
    const from = block * length
    const to = Math.min(rows, from + length)
    for (let j = 0; j < width; j += 1)
      rest[j] = running[rows * width + j]! - running[to * width + j]! + running[from * width + j]!
    return sums.score(rest, rows - (to - from))
  })
}
