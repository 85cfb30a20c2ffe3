import { grown } from './grow.ts'

export const NONE = -1

/** Entries of all windows in typed arrays: 20 bytes each, free ones chained for use again. */
export class EntryPool {
  time = new Float64Array(1024)
  /** What an entry stands for: a number, the id of a text, or bits of rules, as its window wants. */
  value = new Float64Array(1024)
  next = new Int32Array(1024)
  #free = NONE
  #fresh = 0
  #used = 0

  get used(): number {
    return this.#used
  }

  get bytes(): number {
    return this.time.byteLength + this.value.byteLength + this.next.byteLength
  }

  take(time: number, value: number): number {
    let entry = this.#free
    if (entry !== NONE) this.#free = this.next[entry] as number
    else {
      entry = this.#fresh
      this.#fresh += 1
      if (entry === this.time.length) this.#grow()
    }
    this.#used += 1
    this.time[entry] = time
    this.value[entry] = value
    this.next[entry] = NONE
    return entry
  }

  /** The entries for reading, an array a step. */
  *copy(): Generator<void, EntryPool> {
    const copy = new EntryPool()
    copy.time = this.time.slice()
    yield
    copy.value = this.value.slice()
    yield
    copy.next = this.next.slice()
    yield
    return copy
  }

  give(entry: number): void {
    this.next[entry] = this.#free
    this.#free = entry
    this.#used -= 1
  }

  #grow(): void {
    const length = Math.ceil(this.time.length * 1.5)
    this.time = grown(this.time, length)
    this.value = grown(this.value, length)
    this.next = grown(this.next, length)
  }
}
