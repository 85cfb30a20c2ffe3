import { setTimeout as delay } from 'node:timers/promises'
import type { Batch } from './batch.ts'
import type { Journal } from './journal/journal.ts'
import type { DamagedPart } from './journal/read-segment.ts'
import type { Slab, SlabPool } from './slab-pool.ts'

export interface Recovery {
  readonly journal: Journal
  readonly pool: SlabPool
  /** The last batch that is processed. */
  readonly after: number
  readonly now: () => number
  /** Keeps what is broken before the flow goes on without it. */
  readonly keep: (part: DamagedPart) => Promise<void>
}

/** The batches that the journal holds behind a position, put into shared memory as there is room; broken ones without lines. */
export async function* recoveredBatches({ journal, pool, after, now, keep }: Recovery): AsyncGenerator<Batch> {
  let next = after + 1
  for await (const found of journal.unprocessed(after)) {
    if ('to' in found) await keep(found)
    else if (!('table' in found.note)) {
      const { sequence, receivedMs, lines, note } = found
      for (; next < sequence; next += 1) yield await batchOf({ sequence: next, receivedMs }, pool)
      yield await batchOf({ sequence, receivedMs, bytes: lines, lines: note.lines, parts: note.parts }, pool)
      next = sequence + 1
    }
  }
  for (; next < journal.next; next += 1) yield await batchOf({ sequence: next, receivedMs: now() }, pool)
}

type Recovered = Pick<Batch, 'sequence' | 'receivedMs'> &
  Partial<Pick<Batch, 'lines' | 'parts'> & { readonly bytes: Buffer }>

async function batchOf(
  { bytes = Buffer.alloc(0), lines = 0, parts = [], ...head }: Recovered,
  pool: SlabPool,
): Promise<Batch> {
  const slab = await slabFor(bytes.length, pool)
  slab.bytes.set(bytes)
  return { ...head, slab, length: bytes.length, lines, parts }
}

async function slabFor(bytes: number, pool: SlabPool): Promise<Slab> {
  for (;;) {
    const slab = bytes > pool.slabBytes ? pool.takeLarge(bytes) : pool.take()
    if (slab) return slab
    await delay(2)
  }
}
