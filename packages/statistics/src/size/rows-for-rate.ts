import { requireDomain } from '../errors.ts'
import { binomialProbability } from '../special/binomial.ts'

export interface RowsForRateOptions {
  /** The rate that must not be exceeded, such as 0.003. */
  readonly limit: number
  /** The rate that is expected in truth; below `limit`. */
  readonly truth: number
  /** One-sided, such as 0.95. */
  readonly confidence: number
  /** The chance of a positive finding where `truth` holds, such as 0.9. */
  readonly power: number
}

/** `first`: the smallest number of rows that suffices. `safe`: from here on every number does (counts make the power a saw). */
export interface RowsForRate {
  readonly first: number
  readonly safe: number
}

/** Rows needed to show "rate <= limit" by the exact one-sided binomial test (Clopper-Pearson upper bound). */
export function rowsForRate(options: RowsForRateOptions): RowsForRate {
  const { limit, truth, confidence, power } = options
  requireDomain(limit > 0 && limit < 1, 'limit', limit, '0 < limit < 1')
  requireDomain(truth >= 0 && truth < limit, 'truth', truth, '0 <= truth < limit')
  requireDomain(confidence > 0.5 && confidence < 1, 'confidence', confidence, '0.5 < confidence < 1')
  requireDomain(power > 0 && power < 1, 'power', power, '0 < power < 1')
  const rowsAllowing = (count: number) =>
    firstWhole(count + 1, (n) => binomialProbability(count, n, limit) <= 1 - confidence)
  const found = (count: number, rows: number) => binomialProbability(count, rows, truth) >= power
  const peakHolds = (count: number) => found(count, rowsAllowing(count))
  const troughHolds = (count: number) => found(count, rowsAllowing(count + 1) - 1)
  return { first: rowsAllowing(firstHolding(peakHolds)), safe: rowsAllowing(lastFailing(troughHolds) + 1) }
}

/** Rounding makes both edges ragged: bisection lands near, then this many neighbours are looked at. */
const RAGGED = 12

function firstHolding(holds: (count: number) => boolean): number {
  const near = firstWhole(0, holds)
  let count = Math.max(0, near - RAGGED)
  while (!holds(count)) count += 1
  return count
}

function lastFailing(holds: (count: number) => boolean): number {
  const near = firstWhole(0, holds)
  let count = near + RAGGED
  while (count >= near && holds(count)) count -= 1
  return count
}

/** The smallest whole number >= `from` with `holds`, which must stay true once it is. */
function firstWhole(from: number, holds: (value: number) => boolean): number {
  let low = from - 1
  let span = 1
  while (!holds(low + span)) {
    low += span
    span *= 2
  }
  let high = low + span
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
