const KEPT_BYTES = 16 * 1024

/** Keeps the last 16 KB of what a job prints and counts all of it; memory stays bounded. */
export class LogTail {
  #kept: Buffer = Buffer.alloc(0)
  #total = 0

  add(chunk: Buffer): void {
    this.#total += chunk.length
    this.#kept = Buffer.concat([this.#kept, chunk.subarray(-KEPT_BYTES)]).subarray(-KEPT_BYTES)
  }

  /** Bytes printed so far. */
  get total(): number {
    return this.#total
  }

  text(): string {
    return this.#kept.toString('utf8')
  }
}
