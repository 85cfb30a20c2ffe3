import type { Batch, BatchPart } from '../batch.ts'
import { SlabPool } from '../slab-pool.ts'

/** A batch of one stream, `s`; its position is that of its last line. */
export function batchOf(sequence: number, lines: string | Buffer, position?: number): Batch {
  const slab = new SlabPool({ slabs: 1, slabBytes: 4096, largeBytes: 0 }).take()
  if (!slab) throw new Error('no slab')
  const bytes = Buffer.from(lines)
  slab.bytes.set(bytes)
  const count = bytes.reduce((sum, byte) => (byte === 10 ? sum + 1 : sum), 0)
  const linesBefore = (position ?? count) - count
  const part: BatchPart = { stream: 's', lines: count, bytes: bytes.length, linesBefore, position }
  return { sequence, receivedMs: 1000 + sequence, slab, length: bytes.length, lines: count, parts: [part] }
}
