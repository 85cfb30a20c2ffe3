import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isEventFile } from '@dengta/threat'
import { threatCliErrors } from './threat-cli-errors.ts'

export interface EventFile {
  /** `-` is standard input. */
  readonly path: string
  /** As it lies on the disk; 0 for standard input. */
  readonly bytes: number
}

/** Files as named; folders become the event files below them, sorted. Throws no_events. */
export async function listEventFiles(paths: readonly string[]): Promise<EventFile[]> {
  const found = await Promise.all(paths.map(below))
  return found.flat()
}

async function below(path: string): Promise<EventFile[]> {
  if (path === '-') return [{ path, bytes: 0 }]
  const { size, isFolder } = await stat(path).then((found) => ({ size: found.size, isFolder: found.isDirectory() }))
  if (!isFolder) return [{ path, bytes: size }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && isEventFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  if (names.length === 0) throw threatCliErrors.no_events({ path })
  return Promise.all(names.sort().map(async (name) => ({ path: name, bytes: (await stat(name)).size })))
}
