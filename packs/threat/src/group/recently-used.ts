/** A map of at most `limit` keys; the key that was longest not written is forgotten first. */
export class RecentlyUsed<V> {
  readonly #limit: number
  readonly #values: Map<string, V>
  /** Stands behind the keys that are forgotten or written again: a new iterator would pass all of their gaps each time. */
  #oldest: Iterator<string>
  /** Since that iterator was made. */
  #writes = 0

  constructor(limit: number, entries: Iterable<readonly [string, V]> = []) {
    this.#limit = limit
    this.#values = new Map(entries)
    this.#oldest = this.#values.keys()
  }

  get(key: string): V | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: V): void {
    this.#values.delete(key)
    this.#values.set(key, value)
    this.#renewIterator()
    if (this.#values.size <= this.#limit) return
    const { value: oldest } = this.#oldest.next()
    if (oldest !== undefined) this.#values.delete(oldest)
  }

  /** Another value of a known key: it is forgotten no later for that. */
  replace(key: string, value: V): void {
    if (this.#values.has(key)) this.#values.set(key, value)
  }

  /** The key that was longest not written comes first. */
  entries(): Iterable<[string, V]> {
    return this.#values
  }

  values(): Iterable<V> {
    return this.#values.values()
  }

  /** An iterator holds each table that its map has outgrown since; once every `size` writes the gaps are passed cheaply enough. */
  #renewIterator(): void {
    this.#writes += 1
    if (this.#writes <= this.#values.size) return
    this.#writes = 0
    this.#oldest = this.#values.keys()
  }
}
