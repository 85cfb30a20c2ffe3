import { open } from 'node:fs/promises'
import { writeAll } from './journal/write-all.ts'

/** Writes a file anew; resolves when its bytes are on the disk. Its name is once its folder is synced. */
export async function writeWhole(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'w')
  try {
    await writeAll(file, pieces, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}
