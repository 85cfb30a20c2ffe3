/** On the way to the disk for all streams together: under 100 ms of a disk that takes 100 MB/s. */
const UNDER_WAY_BYTES = 8 * 2 ** 20
/** What a stream may always have under way, whatever the others do. */
const ALWAYS_BYTES = 16 * 2 ** 10

/**
 * Whose bytes may go to the disk next. Batches are written in order, so a line waits for all that is in front of it: that
 * is kept short, and shared evenly between the streams that have bytes under way.
 */
export class DiskTurns {
  readonly #bytes = new Map<string, number>()
  #total = 0

  /** Whether these bytes may join what is under way, or wait for their turn. */
  admits(stream: string, bytes: number): boolean {
    return this.#total < UNDER_WAY_BYTES || this.#of(stream) + bytes <= ALWAYS_BYTES
  }

  /** Whether a stream has less under way than its share, and may send more. */
  hasShare(stream: string): boolean {
    return this.#of(stream) <= Math.max(ALWAYS_BYTES, UNDER_WAY_BYTES / Math.max(1, this.#bytes.size))
  }

  took(stream: string, bytes: number): void {
    this.#bytes.set(stream, this.#of(stream) + bytes)
    this.#total += bytes
  }

  durable(stream: string, bytes: number): void {
    const left = this.#of(stream) - bytes
    if (left > 0) this.#bytes.set(stream, left)
    else this.#bytes.delete(stream)
    this.#total -= bytes
  }

  #of(stream: string): number {
    return this.#bytes.get(stream) ?? 0
  }
}
