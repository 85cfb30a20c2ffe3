import { type EntryPool, NONE } from './entry-pool.ts'
import { grown } from './grow.ts'

/** One queue of entries for each slot, oldest first, in a pool that many queues share. */
export class EntryQueues {
  readonly pool: EntryPool
  #head = new Int32Array(0)
  #tail = new Int32Array(0)
  #size = new Int32Array(0)

  constructor(pool: EntryPool) {
    this.pool = pool
  }

  get bytes(): number {
    return this.#head.byteLength * 3
  }

  grow(slots: number): void {
    const from = this.#head.length
    this.#head = grown(this.#head, slots).fill(NONE, from)
    this.#tail = grown(this.#tail, slots).fill(NONE, from)
    this.#size = grown(this.#size, slots)
  }

  size(slot: number): number {
    return this.#size[slot] as number
  }

  /** Time of the oldest entry; NaN where there is none. */
  firstTime(slot: number): number {
    const head = this.#head[slot] as number
    return head === NONE ? Number.NaN : (this.pool.time[head] as number)
  }

  push(slot: number, time: number, value: number): void {
    const entry = this.pool.take(time, value)
    const tail = this.#tail[slot] as number
    if (tail === NONE) this.#head[slot] = entry
    else this.pool.next[tail] = entry
    this.#tail[slot] = entry
    this.#size[slot] = (this.#size[slot] as number) + 1
  }

  /** Takes the oldest entry out and returns its value. There must be one. */
  shift(slot: number): number {
    const entry = this.#head[slot] as number
    const next = this.pool.next[entry] as number
    const value = this.pool.value[entry] as number
    this.pool.give(entry)
    this.#head[slot] = next
    if (next === NONE) this.#tail[slot] = NONE
    this.#size[slot] = (this.#size[slot] as number) - 1
    return value
  }

  /** Places in the pool of every entry, oldest first. */
  *each(slot: number): Generator<number> {
    const { next } = this.pool
    for (let entry = this.#head[slot] as number; entry !== NONE; entry = next[entry] as number) yield entry
  }

  /** The queues for reading, over a copy of their pool, an array a step. */
  *copy(pool: EntryPool): Generator<void, EntryQueues> {
    const copy = new EntryQueues(pool)
    copy.#head = this.#head.slice()
    yield
    copy.#size = this.#size.slice()
    yield
    return copy
  }
}
