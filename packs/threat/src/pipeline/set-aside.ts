import { join } from 'node:path'
import { fsyncFolder } from '@dengta/store'
import type { Batch } from './batch.ts'
import { writeWhole } from './write-whole.ts'

/** Keeps the lines of a batch that no detector survives as a file, for people to look at; resolves when it is on the disk. */
export async function setAside(folder: string, { sequence, slab, length }: Batch): Promise<void> {
  await writeWhole(join(folder, `unevaluated-${sequence}.ndjson`), [slab.bytes.subarray(0, length)])
  await fsyncFolder(folder)
}
