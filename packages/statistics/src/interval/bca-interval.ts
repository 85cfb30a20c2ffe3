import { normalProbability, normalQuantile } from '../special/normal.ts'
import { studentQuantile } from '../special/student-t.ts'
import type { Interval } from './proportion-interval.ts'

export interface BcaOptions {
  readonly value: number
  /** The resampled scores; sorted in place. */
  readonly scores: Float64Array
  /** The score without each block in turn. */
  readonly leftOut: Float64Array
  readonly level: number
}

/**
 * Bias-corrected and accelerated interval (Efron 1987), widened for the number of blocks as a t interval is (Hesterberg
 * 2015, §4.3); plain percentiles where the correction has no value.
 */
export function bcaInterval(options: BcaOptions): Interval & { readonly name: 'BCa' | 'percentile' } {
  const scores = options.scores.sort()
  const tail = widenedTail((1 - options.level) / 2, options.leftOut.length)
  const bias = biasCorrection(scores, options.value)
  const skew = acceleration(options.leftOut)
  const ends = [tail, 1 - tail].map((p) => correctedProbability(normalQuantile(p), bias, skew))
  if (!ends.every((p) => p > 0 && p < 1))
    return { low: quantile(scores, tail), high: quantile(scores, 1 - tail), name: 'percentile' }
  return { low: quantile(scores, ends[0]!), high: quantile(scores, ends[1]!), name: 'BCa' }
}

/** Quantile of sorted values with linear interpolation (Hyndman, Fan type 7, as numpy does). */
export function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1)
  const below = Math.floor(at)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (at - below)
}

function widenedTail(tail: number, blocks: number): number {
  return normalProbability(Math.sqrt(blocks / (blocks - 1)) * studentQuantile(tail, blocks - 1))
}

function biasCorrection(scores: Float64Array, value: number): number {
  const tie = 1e-12 * Math.abs(value)
  let below = 0
  for (const score of scores) below += Math.abs(score - value) <= tie ? 0.5 : score < value ? 1 : 0
  const share = below / scores.length
  return share > 0 && share < 1 ? normalQuantile(share) : Number.NaN
}

function acceleration(leftOut: Float64Array): number {
  const mean = leftOut.reduce((sum, value) => sum + value, 0) / leftOut.length
  let squares = 0
  let cubes = 0
  for (const value of leftOut) {
    squares += (mean - value) ** 2
    cubes += (mean - value) ** 3
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

function correctedProbability(z: number, bias: number, skew: number): number {
  const shifted = bias + z
  const scale = 1 - skew * shifted
  return scale > 0 ? normalProbability(bias + shifted / scale) : Number.NaN
}
