import { open } from 'node:fs/promises'

/** Cuts a torn tail off, so that what stands in the file is what counts, and is on the disk. */
export async function cutFile(path: string, end: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(end)
    await file.sync()
  } finally {
    await file.close()
  }
}
