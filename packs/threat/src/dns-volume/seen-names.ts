import { atOnce } from '../group/in-steps.ts'
import type { Hash } from './keyed-hash.ts'

export interface SeenNamesState {
  readonly since: number
  readonly young: Uint32Array
  readonly old: Uint32Array
  readonly forgotten: number
}

/**
 * Which names were seen, in this span of time and the one before (spans count from 1970), or until `capacity` names are
 * young: then the old half is forgotten.
 * A forgotten name counts as new again: it can cost a false alarm, never a miss. Sixteen bytes a name.
 */
export class SeenNames {
  readonly #spanMs: number
  readonly #capacity: number
  #since: number
  #young: HashSet
  #old: HashSet
  #forgotten: number

  constructor(options: { readonly spanMs: number; readonly capacity: number }, state?: SeenNamesState) {
    this.#spanMs = options.spanMs
    this.#capacity = options.capacity
    this.#since = state?.since ?? Number.NEGATIVE_INFINITY
    this.#young = new HashSet(state?.young)
    this.#old = new HashSet(state?.old)
    this.#forgotten = state?.forgotten ?? 0
  }

  /** Names known now. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** How often names went for lack of room. */
  get forgotten(): number {
    return this.#forgotten
  }

  /** Whether it was seen already; from now on it was. */
  see(name: Hash, time: number): boolean {
    if (time - this.#since >= this.#spanMs) this.#turn(time)
    else if (this.#young.size >= this.#capacity) {
      this.#forgotten += 1
      this.#turn(time)
    }
    const known = this.#old.has(name)
    return !this.#young.add(name) || known
  }

  /** Room for so many more names, made in steps in which none is looked for; undefined where there is enough. */
  prepare(names: number): Generator<void> | undefined {
    return this.#young.size > names && this.#young.needsRoom(names) ? this.#young.grow() : undefined
  }

  save(): SeenNamesState {
    const [young, old] = [this.#young.save(), this.#old.save()]
    return { since: this.#since, young, old, forgotten: this.#forgotten }
  }

  #turn(time: number): void {
    this.#old = time - this.#since >= 2 * this.#spanMs ? new HashSet() : this.#young
    this.#young = new HashSet()
    this.#since = Math.floor(time / this.#spanMs) * this.#spanMs
  }
}

const FIRST_ROOM = 1024
/** Names that find a new place in one step, a few milliseconds. */
const STEP = 2 ** 15

/** Open addressing over pairs of words; both zero is an empty place. At most half full. */
class HashSet {
  #words: Uint32Array
  size = 0

  constructor(words: Uint32Array = new Uint32Array(2 * FIRST_ROOM)) {
    this.#words = words.slice()
    for (let at = 0; at < words.length; at += 2) if ((words[at] as number) | (words[at + 1] as number)) this.size += 1
  }

  has(hash: Hash): boolean {
    return this.#isFull(this.#placeOf(hash))
  }

  /** False where it was there. */
  add(hash: Hash): boolean {
    const place = this.#placeOf(hash)
    if (this.#isFull(place)) return false
    this.#words.set(hash, place)
    this.size += 1
    if (this.needsRoom(0)) atOnce(this.grow())
    return true
  }

  needsRoom(names: number): boolean {
    return (this.size + names) * 4 > this.#words.length
  }

  save(): Uint32Array {
    return this.#words.slice()
  }

  #isFull(place: number): boolean {
    return ((this.#words[place] as number) | (this.#words[place + 1] as number)) !== 0
  }

  #placeOf([high, low]: Hash): number {
    const mask = this.#words.length - 1
    let place = (low * 2) & mask
    while (this.#isFull(place) && !(this.#words[place] === high && this.#words[place + 1] === low))
      place = (place + 2) & mask
    return place
  }

  *grow(): Generator<void> {
    const before = this.#words
    this.#words = new Uint32Array(before.length * 2)
    for (let at = 0; at < before.length; at += 2) {
      const hash: Hash = [before[at] as number, before[at + 1] as number]
      if (hash[0] | hash[1]) this.#words.set(hash, this.#placeOf(hash))
      if (at % (2 * STEP) === 0) yield
    }
  }
}
