import type { Spans } from './spans.ts'

interface Entry<T> {
  /** The values of the source paths, each behind its length and kind. */
  readonly key: Uint8Array
  readonly value: T
}

const MAX_ENTRIES = 4096
const MAX_KEY = 4096

/** Remembers what follows from the raw bytes of a few values of an event. Starts anew when it is full. */
export class LaneCache<T> {
  readonly #entries = new Map<number, Entry<T>>()
  readonly #key = new Uint8Array(MAX_KEY)
  #length = 0
  #hash = 0

  /** Takes the key from the spans (-1: absent) of the scanned event, and looks it up. */
  find(scanned: Spans, spans: Int32Array): T | undefined {
    this.#length = 0
    this.#hash = 0
    for (let k = 0; k < spans.length; k += 1) this.#append(scanned, spans[k] as number)
    const entry = this.#entries.get(this.#hash)
    return entry && this.#length <= MAX_KEY && this.#isKey(entry.key) ? entry.value : undefined
  }

  /** Remembers a value under the key of the last `find`. */
  add(value: T): void {
    if (this.#length > MAX_KEY) return
    if (this.#entries.size >= MAX_ENTRIES) this.#entries.clear()
    this.#entries.set(this.#hash, { key: this.#key.slice(0, this.#length), value })
  }

  #append({ bytes, starts, ends, kinds }: Spans, span: number): void {
    if (span < 0) this.#push(0)
    else {
      const start = starts[span] as number
      const end = ends[span] as number
      this.#push(kinds[span] as number)
      this.#push((end - start) & 255)
      for (let i = start; i < end; i += 1) this.#push(bytes[i] as number)
    }
  }

  #push(byte: number): void {
    if (this.#length < MAX_KEY) this.#key[this.#length] = byte
    this.#length += 1
    this.#hash = Math.imul(this.#hash ^ byte, 0x01000193)
  }

  #isKey(key: Uint8Array): boolean {
    if (key.length !== this.#length) return false
    for (let i = 0; i < key.length; i += 1) if (key[i] !== this.#key[i]) return false
    return true
  }
}
