import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import type { Format } from './format.ts'
import { readMappings } from './read-mapping.ts'

/** The mappings that come with the pack. */
export const packMappingFolder = (): string => join(houseRoot(), 'packs/threat/mapping')

/** Reads every .yml of a folder in the order of their names. Throws on any fault. */
export async function loadMappings(folder: string = packMappingFolder()): Promise<Format[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort()
  return readMappings(
    await Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') }))),
  )
}
