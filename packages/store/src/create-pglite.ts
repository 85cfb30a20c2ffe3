import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fsyncFolder } from './durable-files.ts'
import { entryFile } from './entry-file.ts'
import { storeErrors } from './errors.ts'

/**
 * Creates an empty database in `folder` unless it is there. All or nothing: a half-made folder never has this name.
 * Runs in a throw-away process, whose 500 MB go with it. The caller holds the lock of the parent folder.
 */
export async function createPglite(folder: string): Promise<void> {
  if (existsSync(folder)) return
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  await removeHalfMade(folder)
  const halfMade = `${folder}.new-${process.pid}`
  await runCreator(halfMade)
  await rename(halfMade, folder)
  await fsyncFolder(dirname(folder))
}

async function removeHalfMade(folder: string): Promise<void> {
  const names = await readdir(dirname(folder))
  const halfMade = names.filter((name) => name.startsWith(`${basename(folder)}.new-`))
  for (const name of halfMade) await rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 })
}

/** `--liftoff-only`: V8's quick compiler, as this code runs once (2.6 instead of 3.8 s of CPU). */
function runCreator(folder: string): Promise<void> {
  const program = entryFile('pglite-create')
  if (!existsSync(program)) throw storeErrors.not_built({ file: program })
  const child = spawn(process.execPath, ['--liftoff-only', program, folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000)
  })
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(storeErrors.create_failed({ home: dirname(folder), reason }))
    child.on('error', (error) => fail(error.message))
    child.on('close', (code, signal) => (code === 0 ? resolve() : fail(complaint.trim() || `exit ${signal ?? code}`)))
  })
}
