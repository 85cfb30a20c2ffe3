/** First in, first out; each at a constant cost. */
export class Queue<T> {
  #items: T[]
  #head = 0

  constructor(items: Iterable<T> = []) {
    this.#items = [...items]
  }

  get length(): number {
    return this.#items.length - this.#head
  }

  put(item: T): void {
    this.#items.push(item)
  }

  /** The longest in it; undefined where it is empty. */
  take(): T | undefined {
    const item = this.#items[this.#head]
    if (this.length === 0) return undefined
    this.#head += 1
    if (this.#head * 2 > this.#items.length) this.#dropTaken()
    return item
  }

  *[Symbol.iterator](): Generator<T> {
    for (let at = this.#head; at < this.#items.length; at += 1) yield this.#items[at] as T
  }

  #dropTaken(): void {
    this.#items = this.#items.slice(this.#head)
    this.#head = 0
  }
}
