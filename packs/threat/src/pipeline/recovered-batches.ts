import { setTimeout as delay } from 'node:timers/promises'
import type { Batch } from './batch.ts'
import type { Journal } from './journal/journal.ts'
import type { Slab, SlabPool } from './slab-pool.ts'

/** The batches that the journal holds behind a position, put into shared memory as there is room. */
export async function* recoveredBatches(journal: Journal, pool: SlabPool, after: number): AsyncGenerator<Batch> {
  for await (const { sequence, receivedMs, lines, note } of journal.unprocessed(after)) {
    if ('table' in note) continue
    const slab = await slabFor(lines.length, pool)
    slab.bytes.set(lines)
    yield { sequence, receivedMs, slab, length: lines.length, lines: note.lines, parts: note.parts }
  }
}

async function slabFor(bytes: number, pool: SlabPool): Promise<Slab> {
  for (;;) {
    const slab = bytes > pool.slabBytes ? pool.takeLarge(bytes) : pool.take()
    if (slab) return slab
    await delay(2)
  }
}
