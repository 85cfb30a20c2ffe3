import type { ByteReader } from './byte-reader.ts'
import { grown } from './grow.ts'
import type { Arrival, FrozenWindows, Windows } from './windows.ts'

/**
 * temporal_ordered: how many of the rules occur in the window in the order given; rules may be left out.
 * Kept for each slot: `latest[length, rule]`, the latest begin of a chain of `length` events that ends at `rule` or one
 * before it. A window from `t` holds a chain if its begin is not before `t`, so no events need to be kept.
 */
export class OrderedWindows implements Windows {
  readonly #rules: number
  readonly #square: number
  #latest = new Float64Array(0)

  constructor(rules: number) {
    this.#rules = rules
    this.#square = rules * rules
  }

  get bytes(): number {
    return this.#latest.byteLength
  }

  grow(slots: number): void {
    const from = this.#latest.length
    this.#latest = grown(this.#latest, slots * this.#square).fill(Number.NEGATIVE_INFINITY, from)
  }

  /** Later rules first: one event takes one place in a chain only. */
  add(slot: number, { time, seen }: Arrival): void {
    for (let rule = this.#rules - 1; rule >= 0; rule -= 1) if ((seen >>> rule) & 1) this.#extend(slot, rule, time)
  }

  #extend(slot: number, rule: number, time: number): void {
    const base = slot * this.#square
    for (let length = Math.min(rule + 1, this.#rules); length >= 1; length -= 1) {
      const begin = length === 1 ? time : (this.#latest[base + (length - 2) * this.#rules + rule - 1] as number)
      for (let at = rule; at < this.#rules; at += 1) {
        const place = base + (length - 1) * this.#rules + at
        if (begin > (this.#latest[place] as number)) this.#latest[place] = begin
      }
    }
  }

  expire(): void {
    // a chain that began too early is passed over by `value`
  }

  shift(): void {
    // nothing is kept in the pool
  }

  clear(slot: number): void {
    this.#latest.fill(Number.NEGATIVE_INFINITY, slot * this.#square, (slot + 1) * this.#square)
  }

  value(slot: number, from: number): number {
    let length = this.#rules
    while (length > 0 && this.#begin(slot, length) < from) length -= 1
    return length
  }

  seen(): number {
    return 0
  }

  size(slot: number): number {
    return this.value(slot, Number.NEGATIVE_INFINITY)
  }

  firstTime(slot: number, from: number): number {
    const length = this.value(slot, from)
    return length === 0 ? Number.NaN : this.#begin(slot, length)
  }

  *frozen(): Generator<void, FrozenWindows> {
    const latest = this.#latest.slice()
    const square = this.#square
    yield
    return (slot, to) => {
      for (let k = 0; k < square; k += 1) to.number(latest[slot * square + k] as number)
      return []
    }
  }

  restore(slot: number, from: ByteReader): void {
    for (let k = 0; k < this.#square; k += 1) this.#latest[slot * this.#square + k] = from.number()
  }

  /** Begin of the chain of this length that began last. */
  #begin(slot: number, length: number): number {
    return this.#latest[slot * this.#square + length * this.#rules - 1] as number
  }
}
