import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fsyncFolder } from '@dengta/store'

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
