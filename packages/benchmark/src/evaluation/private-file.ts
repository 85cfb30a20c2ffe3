import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file that only the house's own user may read; it is there whole or not at all. */
export async function writePrivateFile(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${process.pid}.unfinished`
  await writeFile(unfinished, bytes, { mode: 0o600, flush: true })
  await rename(unfinished, path)
}
