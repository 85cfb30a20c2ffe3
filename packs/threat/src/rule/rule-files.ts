import { open, readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readTar } from './tar.ts'

export interface RuleFile {
  /** Path inside the rule folder, with forward slashes. */
  readonly path: string
  /** Cut one character behind `MAX_FILE_CHARS`, so that it is refused. */
  readonly text: string
}

export const MAX_FILE_CHARS = 4_000_000
/** No character has more bytes in UTF-8 for each of its UTF-16 units. */
const MAX_FILE_BYTES = (MAX_FILE_CHARS + 1) * 3
/** Files open together: a process may not have as many as there are rules. */
const AT_ONCE = 64
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
    .map((entry) => ({ path: entry.path, text: textOf(Buffer.from(entry.bytes)) }))
}

async function fromFolder(folder: string, wanted: (file: string) => boolean): Promise<RuleFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(wanted)
  const read = async (name: string): Promise<RuleFile> => ({ path: name, text: await readText(join(folder, name)) })
  const files: RuleFile[] = []
  for (let at = 0; at < names.length; at += AT_ONCE)
    files.push(...(await Promise.all(names.slice(at, at + AT_ONCE).map(read))))
  return files
}

/** No more of a file than can be a rule. */
async function readText(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const bytes = Buffer.alloc(Math.min(size, MAX_FILE_BYTES))
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
    return textOf(bytes.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

const textOf = (bytes: Buffer): string => bytes.toString('utf8').slice(0, MAX_FILE_CHARS + 1)
