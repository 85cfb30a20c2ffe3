/** Memory for one batch. It lies in shared memory, so the detectors read it where it is. */
export interface Slab {
  /** Place in the pool; -1 for one made for a single large batch. */
  readonly index: number
  readonly memory: SharedArrayBuffer
  /** The whole of the slab. */
  readonly bytes: Buffer
}

export interface SlabPoolOptions {
  readonly slabs: number
  readonly slabBytes: number
  /** Bytes that large batches may take beside the pool. */
  readonly largeBytes: number
}

/** Reference pool: 64 slabs of 512 KiB, and two lines of the greatest length beside it. */
export const SLAB_POOL: SlabPoolOptions = { slabs: 64, slabBytes: 512 * 2 ** 10, largeBytes: 34 * 2 ** 20 }

/** Room for a line as long as network intakes take, with what came in front of it in the same chunk. */
const LARGE_BYTES = 2 ** 20 + 2 ** 16
const SPARES = 8

function largeSlab(bytes: number): Slab {
  const memory = new SharedArrayBuffer(bytes)
  return { index: -1, memory, bytes: Buffer.from(memory) }
}

/** A fixed amount of shared memory. What does not fit waits: this is where back-pressure begins. */
export class SlabPool {
  readonly memory: SharedArrayBuffer
  readonly slabBytes: number
  readonly totalBytes: number
  readonly #free: Slab[] = []
  #largeLeft: number
  /** Large slabs to be used again: new memory costs its clearing, and its garbage collection stops the thread. */
  readonly #spares: Slab[] = []

  constructor({ slabs, slabBytes, largeBytes }: SlabPoolOptions = SLAB_POOL) {
    this.memory = new SharedArrayBuffer(slabs * slabBytes)
    this.slabBytes = slabBytes
    this.totalBytes = slabs * slabBytes
    this.#largeLeft = largeBytes
    for (let index = slabs - 1; index >= 0; index -= 1) {
      this.#free.push({ index, memory: this.memory, bytes: Buffer.from(this.memory, index * slabBytes, slabBytes) })
    }
  }

  get freeBytes(): number {
    return this.#free.length * this.slabBytes
  }

  take(): Slab | undefined {
    return this.#free.pop()
  }

  /** A slab of its own for a batch that no slab of the pool can hold. */
  takeLarge(bytes: number): Slab | undefined {
    if (bytes > this.#largeLeft) return undefined
    const isUsual = bytes > LARGE_BYTES / 3 && bytes <= LARGE_BYTES && LARGE_BYTES <= this.#largeLeft
    const size = isUsual ? LARGE_BYTES : bytes
    this.#largeLeft -= size
    return (isUsual ? this.#spares.pop() : undefined) ?? largeSlab(size)
  }

  give(slab: Slab): void {
    if (slab.index >= 0) {
      this.#free.push(slab)
      return
    }
    this.#largeLeft += slab.bytes.length
    if (slab.bytes.length === LARGE_BYTES && this.#spares.length < SPARES) this.#spares.push(slab)
  }
}
