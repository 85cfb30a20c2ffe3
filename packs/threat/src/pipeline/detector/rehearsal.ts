import type { Batch } from '../batch.ts'
import type { Detector } from './detector.ts'

const KEPT_BYTES = 4 * 2 ** 20

/**
 * The newest batches, copied while a rule set loads. New detectors evaluate them before the swap, as what a log source
 * needs is built when its first event comes: so the first alerts behind a swap do not wait for that.
 */
export class Rehearsal {
  readonly #batches: Batch[] = []
  #bytes = 0

  note(batch: Batch): void {
    const { length } = batch
    if (length > KEPT_BYTES) return
    const memory = new SharedArrayBuffer(length)
    const bytes = Buffer.from(memory)
    bytes.fill(batch.slab.bytes.subarray(0, length))
    this.#batches.push({ ...batch, sequence: -batch.sequence, slab: { index: -1, memory, at: 0, bytes } })
    this.#bytes += length
    while (this.#bytes > KEPT_BYTES) this.#bytes -= this.#batches.shift()?.length ?? 0
  }

  /** What the detectors find is thrown away. Rejects where one of them dies of it. */
  async run(detectors: readonly Detector[]): Promise<void> {
    const batches = [...this.#batches]
    for (const detector of detectors) for (const batch of batches) await detector.evaluate(batch)
  }
}
