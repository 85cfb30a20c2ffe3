/** Memory for one batch. It lies in shared memory, so the detectors read it where it is. */
export interface Slab {
  /** Place in the pool; -1 for one made for a single large batch. */
  readonly index: number
  readonly memory: SharedArrayBuffer
  /** Offset of its bytes in the memory. */
  readonly at: number
  /** The whole of the slab, or what other batches have left of it. */
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
/** A batch takes at least so much of a slab: what is found in a line may be larger than the line, and waits longer. */
const LEAST_BYTES = 2 ** 11

function largeSlab(bytes: number): Slab {
  const memory = new SharedArrayBuffer(bytes)
  return { index: -1, memory, at: 0, bytes: Buffer.from(memory) }
}

/** A fixed amount of shared memory. What does not fit waits: this is where back-pressure begins. */
export class SlabPool {
  readonly memory: SharedArrayBuffer
  readonly slabBytes: number
  readonly totalBytes: number
  readonly #free: Slab[]
  readonly #slabs: readonly Slab[]
  /** Batches in each slab, and the rest of it where that is out. */
  readonly #holders: Uint32Array
  #largeLeft: number
  /** Large slabs to be used again: new memory costs its clearing, and its garbage collection stops the thread. */
  readonly #spares: Slab[] = []

  constructor({ slabs, slabBytes, largeBytes }: SlabPoolOptions = SLAB_POOL) {
    this.memory = new SharedArrayBuffer(slabs * slabBytes)
    this.slabBytes = slabBytes
    this.totalBytes = slabs * slabBytes
    this.#largeLeft = largeBytes
    this.#slabs = Array.from({ length: slabs }, (_, index) => {
      const at = index * slabBytes
      return { index, memory: this.memory, at, bytes: Buffer.from(this.memory, at, slabBytes) }
    })
    this.#free = this.#slabs.toReversed()
    this.#holders = new Uint32Array(slabs)
  }

  get freeBytes(): number {
    return this.#free.length * this.slabBytes
  }

  take(): Slab | undefined {
    const slab = this.#free.pop()
    if (slab) this.#holders[slab.index] = 1
    return slab
  }

  /**
   * What a batch leaves of its slab, for the next one: few lines in each of many batches need no more memory than many in
   * few. The slab is free once all of it was given back. Undefined where too little is left.
   */
  rest({ index, memory, at, bytes }: Slab, used: number): Slab | undefined {
    const from = Math.max(used, LEAST_BYTES)
    if (index < 0 || bytes.length - from < LEAST_BYTES) return undefined
    this.#holders[index] = (this.#holders[index] as number) + 1
    return { index, memory, at: at + from, bytes: bytes.subarray(from) }
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
    if (slab.index >= 0) this.#givePart(slab.index)
    else this.#giveLarge(slab)
  }

  #giveLarge(slab: Slab): void {
    this.#largeLeft += slab.bytes.length
    if (slab.bytes.length === LARGE_BYTES && this.#spares.length < SPARES) this.#spares.push(slab)
  }

  #givePart(index: number): void {
    const left = (this.#holders[index] as number) - 1
    this.#holders[index] = left
    if (left === 0) this.#free.push(this.#slabs[index] as Slab)
  }
}
