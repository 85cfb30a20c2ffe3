import type { Hash } from './keyed-hash.ts'

/** 524,288 places of four bytes in each of two halves, allocated with the first name: 4 MiB. */
const PLACES = 2 ** 19

/**
 * Whether a hash was seen of late: fingerprints of 32 bits in two halves of fixed size. When the young half is three quarters
 * full the old one goes, so at least the newest 393,216 are known. A hash is taken for another one with a chance of about
 * 4e-9, below 1e-7 always: that many names in a look-up stand where it looks, over 2^32.
 */
export class NameFilter {
  readonly #places: number
  readonly #room: number
  #young: Uint32Array | undefined
  #old: Uint32Array | undefined
  #count = 0

  /** `places` is a power of two. */
  constructor(places = PLACES) {
    this.#places = places
    this.#room = (places * 3) / 4
  }

  /** Whether it was seen already; from now on it was. */
  see([high, low]: Hash): boolean {
    this.#young ??= new Uint32Array(this.#places)
    this.#old ??= new Uint32Array(this.#places)
    const print = high === 0 ? 1 : high
    const place = placeOf(this.#young, print, low)
    if (this.#young[place] === print) return true
    const known = this.#old[placeOf(this.#old, print, low)] === print
    this.#young[place] = print
    this.#count += 1
    if (this.#count >= this.#room) this.#turn(this.#young, this.#old)
    return known
  }

  #turn(young: Uint32Array, old: Uint32Array): void {
    this.#old = young
    this.#young = old.fill(0)
    this.#count = 0
  }
}

/** Where a fingerprint stands, or the empty place where it would. */
function placeOf(half: Uint32Array, print: number, low: number): number {
  const mask = half.length - 1
  let place = low & mask
  for (let found = half[place]; found !== 0 && found !== print; found = half[place]) place = (place + 1) & mask
  return place
}
