import { addExactly, roundedSum } from './exact-sum.ts'
import type { Meaning, Tally } from './queue-windows.ts'
import type { Arrival } from './windows.ts'

/** value_sum and value_avg: the exact sum of the window, rounded once. */
export class SumTally implements Tally {
  readonly #asMean: boolean
  readonly #sums: number[][] = []

  constructor(asMean: boolean) {
    this.#asMean = asMean
  }

  get bytes(): number {
    return this.#sums.length * 48
  }

  grow(slots: number): void {
    while (this.#sums.length < slots) this.#sums.push([])
  }

  enter(slot: number, { number }: Arrival): number {
    addExactly(this.#sums[slot] as number[], number)
    return number
  }

  leave(slot: number, number: number): void {
    addExactly(this.#sums[slot] as number[], -number)
  }

  value(slot: number, size: number): number {
    const sum = roundedSum(this.#sums[slot] as number[])
    return this.#asMean ? sum / size : sum
  }

  seen(): number {
    return 0
  }

  meanings(): Meaning {
    return (entry) => ({ seen: 0, text: '', number: entry })
  }
}
