import { mkdir, open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fsyncFolder } from '@dengta/store'
import { programName } from './job-command.ts'

/** Programs of participants, by digest, on disk before any engine hears of them. */
export interface ProgramStore {
  /** The path of a program, kept or not. */
  path(source: string): string
  keep(source: string): Promise<void>
}

export function programStore(folder: string): ProgramStore {
  const path = (source: string): string => join(folder, programName(source))
  const underWay = new Map<string, Promise<void>>()
  return {
    path,
    keep: (source) => {
      const file = path(source)
      const written = underWay.get(file) ?? keep(folder, file, source).finally(() => underWay.delete(file))
      underWay.set(file, written)
      return written
    },
  }
}

async function keep(folder: string, path: string, source: string): Promise<void> {
  if (await stat(path).catch(() => undefined)) return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const next = `${path}.next`
  const file = await open(next, 'w', 0o600)
  await file
    .writeFile(source)
    .then(() => file.sync())
    .finally(() => file.close())
  await rename(next, path)
  await fsyncFolder(folder)
}
