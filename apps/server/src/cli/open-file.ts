import { openAsBlob } from 'node:fs'
import { access, constants } from 'node:fs/promises'

/** A file as a stream-able blob. Rejects with the system's own error, which names the path, where it cannot be read. */
export async function openFile(path: string): Promise<Blob> {
  await access(path, constants.R_OK)
  return openAsBlob(path)
}
