import { closeSync, fsyncSync, openSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Makes the names in a folder (new files, renames) survive a power cut. */
export async function fsyncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder, readable by its owner alone, with all above it that are not there; its name survives a power cut. */
export async function makeDurableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  const top = dirname(resolve(first))
  for (let above = dirname(resolve(folder)); above.length >= top.length; above = dirname(above)) {
    await fsyncFolder(above)
    if (above === dirname(above)) return
  }
}

/** Text of a small file; empty where it is not there, or where a power cut came upon an earlier house while it wrote the file. */
export async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return ''
    throw thrown
  })
}

/** Writes a small file that only its owner may read; after a crash it is there as it was or as it shall be. */
export async function replaceDurably(file: string, text: string): Promise<void> {
  const fresh = await open(`${file}.new`, 'w', 0o600)
  try {
    await fresh.writeFile(text)
    await fresh.sync()
  } finally {
    await fresh.close()
  }
  await rename(`${file}.new`, file)
  await fsyncFolder(dirname(file))
}

/** fsync of a file or a folder by its path, at once. */
export function fsyncPathSync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
