import { grown } from './grow.ts'
import { PairCounts } from './pair-counts.ts'
import type { Meaning, Tally } from './queue-windows.ts'
import { TextNumbers } from './text-numbers.ts'
import type { Arrival } from './windows.ts'

/** value_count: how many different values occur in the window. A table of counts by (slot, value): constant time an event. */
export class DistinctTally implements Tally {
  readonly #texts = new TextNumbers()
  readonly #counts = new PairCounts()
  #distinct = new Int32Array(0)

  get bytes(): number {
    return this.#counts.bytes + this.#distinct.byteLength
  }

  grow(slots: number): void {
    this.#distinct = grown(this.#distinct, slots)
  }

  enter(slot: number, { text }: Arrival): number {
    const number = this.#texts.hold(text)
    if (this.#counts.add(slot, number) === 1) this.#distinct[slot] = (this.#distinct[slot] as number) + 1
    return number
  }

  leave(slot: number, number: number): void {
    if (this.#counts.remove(slot, number) === 0) this.#distinct[slot] = (this.#distinct[slot] as number) - 1
    this.#texts.release(number)
  }

  value(slot: number): number {
    return this.#distinct[slot] as number
  }

  seen(): number {
    return 0
  }

  meanings(): Meaning {
    const texts = this.#texts.copy()
    return (entry) => ({ seen: 0, text: texts[entry] as string, number: 0 })
  }
}
