import { grown } from './grow.ts'
import type { Meaning, Tally } from './queue-windows.ts'
import type { Arrival } from './windows.ts'

/** temporal: how many different rules occur in the window, at most 32. */
export class TemporalTally implements Tally {
  readonly #rules: number
  /** Entries of each rule, `rules` of them for each slot. */
  #counts = new Int32Array(0)
  #seen = new Int32Array(0)

  constructor(rules: number) {
    this.#rules = rules
  }

  get bytes(): number {
    return this.#counts.byteLength + this.#seen.byteLength
  }

  grow(slots: number): void {
    this.#counts = grown(this.#counts, slots * this.#rules)
    this.#seen = grown(this.#seen, slots)
  }

  enter(slot: number, { seen }: Arrival): number {
    this.#count(slot, seen, 1)
    return seen
  }

  leave(slot: number, seen: number): void {
    this.#count(slot, seen, -1)
  }

  value(slot: number): number {
    let bits = this.seen(slot)
    let count = 0
    for (; bits !== 0; bits = (bits & (bits - 1)) >>> 0) count += 1
    return count
  }

  seen(slot: number): number {
    return (this.#seen[slot] as number) >>> 0
  }

  meanings(): Meaning {
    return (entry) => ({ seen: entry, text: '', number: 0 })
  }

  #count(slot: number, bits: number, step: number): void {
    for (let left = bits | 0; left !== 0; left &= left - 1) {
      const rule = 31 - Math.clz32(left & -left)
      const at = slot * this.#rules + rule
      const count = (this.#counts[at] as number) + step
      this.#counts[at] = count
      const flag = 1 << rule
      this.#seen[slot] = count > 0 ? (this.#seen[slot] as number) | flag : (this.#seen[slot] as number) & ~flag
    }
  }
}
