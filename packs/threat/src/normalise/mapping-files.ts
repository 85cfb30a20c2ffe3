import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import type { Format } from './format.ts'
import { mappingErrors } from './mapping-errors.ts'
import { type MappingFile, readMappings } from './read-mapping.ts'

/** The mappings that come with the pack. */
const packFolder = (): string => join(houseRoot(), 'packs/threat/mapping')

/**
 * The mappings of the pack, and in front of them those of an own folder, each in the order of the names of its files.
 * Throws on any fault: `threat_mapping.malformed`, `unknown_table`, `clash`, `unreadable_folder`.
 */
export const loadMappings = async (own?: string): Promise<Format[]> => readMappings(await mappingFiles(own))

/** The files of these mappings, not read yet. Throws `unreadable_folder`. */
export async function mappingFiles(own?: string): Promise<MappingFile[]> {
  const ofPack = await filesOf(packFolder())
  return own === undefined ? ofPack : [...(await ownFilesOf(own)), ...ofPack]
}

async function ownFilesOf(folder: string): Promise<MappingFile[]> {
  const files = await filesOf(folder).catch((error: Error) => {
    throw mappingErrors.unreadable_folder({ folder, why: error.message }, error)
  })
  if (files.length === 0) throw mappingErrors.unreadable_folder({ folder, why: '0 × .yml' })
  return files.map(({ name, text }) => ({ name: join(folder, name), text }))
}

async function filesOf(folder: string): Promise<MappingFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort()
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })))
}
