import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { RuleFile } from './load-rules.ts'
import { readTar } from './tar.ts'

const MAX_ARCHIVE_BYTES = 256 * 2 ** 20

/**
 * Every .yml and .yaml file of a folder or of a .tar.gz, sorted by path. `under` keeps only those folders.
 * Throws what the file system throws.
 */
export async function readRuleFiles(path: string, under: readonly string[] = []): Promise<RuleFile[]> {
  const wanted = (file: string): boolean =>
    /\.ya?ml$/.test(file) && (under.length === 0 || under.some((folder) => file.startsWith(`${folder}/`)))
  const files = /\.t(?:ar\.)?gz$/.test(path) ? await fromArchive(path, wanted) : await fromFolder(path, wanted)
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function fromArchive(path: string, wanted: (file: string) => boolean): Promise<RuleFile[]> {
  const bytes = gunzipSync(await readFile(path), { maxOutputLength: MAX_ARCHIVE_BYTES })
  return readTar(bytes)
    .filter((entry) => wanted(entry.path))
    .map((entry) => ({ path: entry.path, text: Buffer.from(entry.bytes).toString('utf8') }))
}

async function fromFolder(folder: string, wanted: (file: string) => boolean): Promise<RuleFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return Promise.all(
    names.filter(wanted).map(async (name) => ({ path: name, text: await readFile(join(folder, name), 'utf8') })),
  )
}
