import { atOnce } from '../group/in-steps.ts'
import type { Hash } from './keyed-hash.ts'

/** Parts that the window of a day is cut into. */
export const PARTS = 8
export const NONE = -1
/** Columns of a pair beside its window; all are sums since the pair was last quiet for a whole window. */
const FIGURES = ['queries', 'texts', 'characters', 'gaps', 'gapSum', 'gapSquares', 'next'] as const
export type Figure = (typeof FIGURES)[number]
const FIRST_ROOM = 1024
/** Pairs moved or found a place for in one step, a few milliseconds. */
export const STEP = 2 ** 14

export interface PairTableState {
  readonly size: number
  readonly words: Uint32Array
  readonly domains: Uint32Array
  readonly parts: Int32Array
  readonly times: Float64Array
  readonly bits: Float32Array
  readonly names: Float32Array
  readonly figures: Float32Array
}

/** Pairs of a client and a domain as rows of typed arrays, by keyed hash: no text is kept. 132 bytes a pair with its index. */
export class PairTable {
  #size = 0
  #index = new Int32Array(0)
  #words = new Uint32Array(0)
  domains = new Uint32Array(0)
  /** Number of the newest part of the window, counted from 1970. */
  parts = new Int32Array(0)
  /** First and newest query since the pair was last quiet; milliseconds since 1970. */
  times = new Float64Array(0)
  /** Bits carried and new names, a ring of PARTS for each pair. */
  bits = new Float32Array(0)
  names = new Float32Array(0)
  #figures = new Float32Array(0)

  constructor(state?: PairTableState) {
    if (!state) return
    atOnce(this.#resize(2 ** Math.ceil(Math.log2(Math.max(FIRST_ROOM, state.size)))))
    this.#size = state.size
    this.#words.set(state.words)
    this.domains.set(state.domains)
    this.parts.set(state.parts)
    this.times.set(state.times)
    this.bits.set(state.bits)
    this.names.set(state.names)
    this.#figures.set(state.figures)
    atOnce(this.#reindex())
  }

  get size(): number {
    return this.#size
  }

  get bytes(): number {
    const columns = [this.#index, this.#words, this.domains, this.parts, this.times, this.bits, this.names]
    return columns.reduce((sum, { byteLength }) => sum + byteLength, this.#figures.byteLength)
  }

  get(pair: number, figure: Figure): number {
    return this.#figures[pair * FIGURES.length + FIGURES.indexOf(figure)] as number
  }

  set(pair: number, figure: Figure, value: number): void {
    this.#figures[pair * FIGURES.length + FIGURES.indexOf(figure)] = value
  }

  find(key: Hash): number {
    if (this.#size === 0) return NONE
    return (this.#index[this.#placeOf(key)] as number) - 1
  }

  /** A new pair, all zero. It must not be there. */
  open(key: Hash, domain: number): number {
    if (this.#size === this.domains.length) atOnce(this.grow())
    const pair = this.#size
    this.#words.set(key, 2 * pair)
    this.domains[pair] = domain
    this.#size += 1
    this.#index[this.#placeOf(key)] = this.#size
    return pair
  }

  /** Whether so many new pairs need other arrays. */
  needsRoom(pairs: number): boolean {
    return this.#size + pairs > this.domains.length
  }

  /** Doubles the room, in steps in which nothing is looked for. */
  *grow(): Generator<void> {
    yield* this.#resize(Math.max(FIRST_ROOM, 2 * this.domains.length))
    yield* this.#reindex()
  }

  add(pair: number, figure: Figure, by: number): void {
    this.set(pair, figure, this.get(pair, figure) + by)
  }

  /** Sum over the window as the pair has it. */
  sum(column: Float32Array, pair: number): number {
    let sum = 0
    for (let at = pair * PARTS; at < (pair + 1) * PARTS; at += 1) sum += column[at] as number
    return sum
  }

  /** Keeps only these pairs, in their order, in steps in which nothing is looked for. */
  *keep(isKept: (pair: number) => boolean): Generator<void> {
    let to = 0
    for (let pair = 0; pair < this.#size; pair += 1) {
      if (pair % STEP === STEP - 1) yield
      if (!isKept(pair)) continue
      if (to !== pair) this.#move(pair, to)
      to += 1
    }
    for (const [column, width] of this.#columns()) column.fill(0, to * width, this.#size * width)
    this.#size = to
    yield* this.#reindex()
  }

  /** A copy, a column a step. */
  *save(): Generator<void, PairTableState> {
    const size = this.#size
    const words = this.#words.slice(0, 2 * size)
    const domains = this.domains.slice(0, size)
    yield
    const parts = this.parts.slice(0, size)
    const times = this.times.slice(0, 2 * size)
    yield
    const bits = this.bits.slice(0, PARTS * size)
    yield
    const names = this.names.slice(0, PARTS * size)
    yield
    return { size, words, domains, parts, times, bits, names, figures: this.#figures.slice(0, FIGURES.length * size) }
  }

  #columns() {
    return [
      [this.#words, 2],
      [this.domains, 1],
      [this.parts, 1],
      [this.times, 2],
      [this.bits, PARTS],
      [this.names, PARTS],
      [this.#figures, FIGURES.length],
    ] as const
  }

  #move(from: number, to: number): void {
    for (const [column, width] of this.#columns()) column.copyWithin(to * width, from * width, (from + 1) * width)
  }

  #placeOf([high, low]: Hash): number {
    const mask = this.#index.length - 1
    let place = low & mask
    for (let pair = this.#index[place] as number; pair !== 0; pair = this.#index[place] as number) {
      const word = 2 * (pair - 1)
      if (this.#words[word] === high && this.#words[word + 1] === low) return place
      place = (place + 1) & mask
    }
    return place
  }

  *#resize(pairs: number): Generator<void> {
    this.#words = grownTo(this.#words, 2 * pairs)
    this.domains = grownTo(this.domains, pairs)
    this.parts = grownTo(this.parts, pairs)
    yield
    this.times = grownTo(this.times, 2 * pairs)
    yield
    this.bits = grownTo(this.bits, PARTS * pairs)
    yield
    this.names = grownTo(this.names, PARTS * pairs)
    yield
    this.#figures = grownTo(this.#figures, FIGURES.length * pairs)
    yield
  }

  *#reindex(): Generator<void> {
    const room = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * this.domains.length)))
    this.#index = new Int32Array(room)
    for (let pair = 0; pair < this.#size; pair += 1) {
      const key: Hash = [this.#words[2 * pair] as number, this.#words[2 * pair + 1] as number]
      this.#index[this.#placeOf(key)] = pair + 1
      if (pair % STEP === STEP - 1) yield
    }
  }
}

function grownTo<T extends Uint32Array | Int32Array | Float32Array | Float64Array>(before: T, length: number): T {
  const after = new (before.constructor as new (length: number) => T)(length)
  after.set(before)
  return after
}
