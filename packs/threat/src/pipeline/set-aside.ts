import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { fsyncFolder } from '@dengta/store'
import type { Batch } from './batch.ts'
import type { DamagedPart } from './journal/read-segment.ts'
import { writeWhole } from './write-whole.ts'

/** Keeps the lines of a batch that no detector survives as a file, for people to look at; resolves when it is on the disk. */
export async function setAside(folder: string, { sequence, slab, length }: Batch): Promise<void> {
  await keep(folder, `unevaluated-${sequence}.ndjson`, slab.bytes.subarray(0, length))
}

/** Keeps the broken bytes of a journal in the same way; answers how many lines end in them. */
export async function setDamageAside(folder: string, { path, from, to, sequence }: DamagedPart): Promise<number> {
  const bytes = Buffer.alloc(to - from)
  const file = await open(path, 'r')
  try {
    await file.read(bytes, 0, bytes.length, from)
  } finally {
    await file.close()
  }
  await keep(folder, `damaged-${sequence}.journal`, bytes)
  return bytes.reduce((lines, byte) => (byte === LINE_END ? lines + 1 : lines), 0)
}

const LINE_END = 10

async function keep(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await writeWhole(join(folder, name), [bytes])
  await fsyncFolder(folder)
}
