import type { Meaning, Tally } from './queue-windows.ts'
import type { Arrival } from './windows.ts'

/** value_percentile and value_median: the values of the window in order. */
export class RankTally implements Tally {
  readonly #percentile: number
  readonly #sorted: number[][] = []

  constructor(percentile: number) {
    this.#percentile = percentile
  }

  get bytes(): number {
    return this.#sorted.reduce((sum, values) => sum + 32 + 8 * values.length, 0)
  }

  grow(slots: number): void {
    while (this.#sorted.length < slots) this.#sorted.push([])
  }

  enter(slot: number, { number }: Arrival): number {
    const values = this.#sorted[slot] as number[]
    values.splice(placeOf(number, values), 0, number)
    return number
  }

  leave(slot: number, number: number): void {
    const values = this.#sorted[slot] as number[]
    values.splice(placeOf(number, values), 1)
  }

  value(slot: number): number {
    return percentileOf(this.#sorted[slot] as number[], this.#percentile)
  }

  seen(): number {
    return 0
  }

  meanings(): Meaning {
    return (entry) => ({ seen: 0, text: '', number: entry })
  }
}

/** First place whose value is not below `wanted`. */
function placeOf(wanted: number, sorted: readonly number[]): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** Straight line between the two nearest ranks (Hyndman and Fan 1996, type 7). NaN where there are no values. */
export function percentileOf(sorted: readonly number[], percentile: number): number {
  if (sorted.length === 0) return Number.NaN
  const rank = (percentile / 100) * (sorted.length - 1)
  const below = Math.floor(rank)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (high - low) * (rank - below)
}
