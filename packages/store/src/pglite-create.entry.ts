import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { fsyncPathSync } from './durable-files.ts'

/** Emscripten's file system, as far as a copy needs it. */
interface EngineFiles {
  readdir(path: string): string[]
  stat(path: string): { readonly mode: number }
  isDir(mode: number): boolean
  readFile(path: string): Uint8Array
}

/** A single-user engine leaves its process id behind; in a copy it would be a lie. */
const LEFT_OUT = ['.', '..', 'postmaster.pid']

/** Runs initdb in memory, which is twice as fast as on disk, and answers its files after a clean shutdown. */
async function createInMemory(): Promise<EngineFiles> {
  const database = await PGlite.create({
    initDbStartParams: ['--no-sync', '--no-instructions', '--wal-segsize=4'],
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB'],
  })
  const files: EngineFiles = database.Module.FS
  await database.close()
  return files
}

/** Copies a tree and answers the paths written, folders last. */
function copyOut(files: EngineFiles, from: string, to: string): string[] {
  mkdirSync(to, { mode: 0o700 })
  const written = files
    .readdir(from)
    .filter((name) => !LEFT_OUT.includes(name))
    .flatMap((name) => copyEntry(files, `${from}/${name}`, join(to, name)))
  return [...written, to]
}

function copyEntry(files: EngineFiles, from: string, to: string): string[] {
  if (files.isDir(files.stat(from).mode)) return copyOut(files, from, to)
  writeFileSync(to, files.readFile(from), { mode: 0o600, flag: 'wx' })
  return [to]
}

/** A parent that was killed has closed our channel: then nobody waits for this folder. */
async function stopIfOrphaned(): Promise<void> {
  await nextTurn()
  if (!process.connected) process.exit(1)
}

const files = await createInMemory()
await stopIfOrphaned()
for (const path of copyOut(files, PGlite.paths.PGDATA, process.argv[2]!)) fsyncPathSync(path)
process.exit(0)
