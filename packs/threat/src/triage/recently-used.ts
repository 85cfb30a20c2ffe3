/** A map of at most `limit` keys; the key that was longest not written is forgotten first. */
export class RecentlyUsed<V> {
  readonly #limit: number
  readonly #values: Map<string, V>
  /** Stands behind the keys that are forgotten or written again: a new iterator would pass all of their gaps each time. */
  readonly #oldest: Iterator<string>

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
    if (this.#values.size <= this.#limit) return
    const { value: oldest } = this.#oldest.next()
    if (oldest !== undefined) this.#values.delete(oldest)
  }

  /** Another value of a known key: it is forgotten no later for that. */
  replace(key: string, value: V): void {
    if (this.#values.has(key)) this.#values.set(key, value)
  }

  entries(): Iterable<[string, V]> {
    return this.#values
  }
}
