import { requireDomain } from '../errors.ts'
import { blockLength } from '../interval/block-length.ts'
import type { Metric } from '../metric/metric.ts'
import { type MetricSums, metricSums } from '../metric/metric-sums.ts'
import { selectRows } from '../metric/scored-rows.ts'
import { seededRandom } from '../random.ts'
import { studentProbability } from '../special/student-t.ts'
import { mcnemar } from './mcnemar.ts'

/** Below this many exceedances the counted share is too coarse and the t tail is read instead. */
const FEWEST_COUNTED = 10

/** Two models on the same rows. */
export interface PairedTestOptions {
  readonly metric: Metric
  readonly truth: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
  readonly classes: number
  readonly blockRows: number
  readonly resamples: number
  readonly seed: number
}

/** `difference` = score of the first less score of the second; `pValue` two-sided. */
export interface PairedTest {
  readonly difference: number
  readonly pValue: number
}

/**
 * Accuracy over independent rows: McNemar's exact test. Everything else: the two models change places block by block
 * (sign-flip permutation); past the reach of counting, the t tail over the spread of the permuted differences.
 */
export function pairedTest(options: PairedTestOptions): PairedTest {
  const { metric, truth, classes, blockRows, resamples } = options
  requireDomain(Number.isInteger(blockRows) && blockRows > 0, 'blockRows', blockRows, '1, 2, 3, …')
  requireDomain(Number.isInteger(resamples) && resamples >= 100, 'resamples', resamples, 'at least 100')
  const first = metricSums(selectRows({ metric, truth, predicted: options.first, classes }))
  const second = metricSums(selectRows({ metric, truth, predicted: options.second, classes }))
  const blocks = halfDifferences(first, second, blockLength(truth.length, blockRows))
  const difference = flippedDifference(first, blocks, blocks.flips.fill(1))
  if (metric === 'accuracy' && blockRows === 1)
    return { difference, pValue: mcnemar(truth, options.first, options.second) }
  return { difference, pValue: permutationPValue(first, blocks, { ...options, difference }) }
}

/** Half sum of both models over all rows, and half difference block by block, row-major. */
interface Blocks {
  readonly count: number
  readonly halfSum: Float64Array
  readonly halves: Float64Array
  /** +1 or -1 a block, written anew for every permutation. */
  readonly flips: Int8Array
}

function halfDifferences(first: MetricSums, second: MetricSums, length: number): Blocks {
  const { width, rows } = first
  const count = Math.ceil(rows / length)
  const mine = new Float64Array(count * width)
  const theirs = new Float64Array(count * width)
  for (let row = 0; row < rows; row += 1) {
    const at = Math.floor(row / length) * width
    first.add(mine, at, row)
    second.add(theirs, at, row)
  }
  const halfSum = new Float64Array(width)
  const halves = mine.map((value, i) => (value - theirs[i]!) / 2)
  for (let i = 0; i < mine.length; i += 1) halfSum[i % width]! += (mine[i]! + theirs[i]!) / 2
  return { count, halfSum, halves, flips: new Int8Array(count) }
}

function flippedDifference(sums: MetricSums, blocks: Blocks, flips: Int8Array): number {
  const { width, rows } = sums
  const shift = new Float64Array(width)
  for (let block = 0, at = 0; block < blocks.count; block += 1, at += width) {
    const sign = flips[block]!
    for (let j = 0; j < width; j += 1) shift[j]! += sign * blocks.halves[at + j]!
  }
  const mine = blocks.halfSum.map((value, j) => value + shift[j]!)
  const theirs = blocks.halfSum.map((value, j) => value - shift[j]!)
  return sums.score(mine, rows) - sums.score(theirs, rows)
}

function permutationPValue(
  sums: MetricSums,
  blocks: Blocks,
  { difference, resamples, seed }: PairedTestOptions & { readonly difference: number },
): number {
  const random = seededRandom(seed)
  const reach = Math.abs(difference) * (1 - 1e-12)
  let beyond = 0
  let squares = 0
  for (let i = 0; i < resamples; i += 1) {
    flip(blocks.flips, random)
    const permuted = flippedDifference(sums, blocks, blocks.flips)
    if (Math.abs(permuted) >= reach) beyond += 1
    squares += permuted * permuted
  }
  const counted = (beyond + 1) / (resamples + 1)
  if (beyond >= FEWEST_COUNTED || squares === 0) return counted
  const tail = 2 * studentProbability(-Math.abs(difference) / Math.sqrt(squares / resamples), resamples)
  return Math.min(counted, Math.max(tail, 2 ** (1 - blocks.count)))
}

function flip(flips: Int8Array, random: () => number): void {
  let bits = 0
  for (let i = 0; i < flips.length; i += 1) {
    if (i % 32 === 0) bits = random()
    flips[i] = bits & 1 ? 1 : -1
    bits >>>= 1
  }
}
