import { existsSync } from 'node:fs'
import type { PoolConfig } from 'pg'
import { createPglite } from './create-pglite.ts'
import { type Database, LONGEST_WAIT_SECONDS } from './database.ts'
import { entryFile } from './entry-file.ts'
import { storeErrors } from './errors.ts'
import { openPool } from './open-pool.ts'
import { PgliteWorker } from './pglite-worker.ts'
import { startUpkeep } from './upkeep-timer.ts'

/**
 * Opens PGlite in a worker thread behind an ordinary pool of pg, creating the folder first where it is absent.
 * One connection, as there is one backend: a second could only wait for the first.
 */
export async function openPglite(folder: string, log: (line: string) => void): Promise<Database> {
  const program = entryFile('pglite-worker')
  if (!existsSync(program)) throw storeErrors.not_built({ file: program })
  await createPglite(folder)
  const worker = new PgliteWorker(program, folder)
  await worker.ready(folder)
  void worker.stopped.then((reason) => reason && log(`store: the database stopped: ${reason}`))
  const config: PoolConfig = {
    max: 1,
    user: 'postgres',
    database: 'postgres',
    stream: () => worker.connect(),
    connectionTimeoutMillis: LONGEST_WAIT_SECONDS * 1000,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  }
  const pool = openPool(config, log)
  const upkeep = startUpkeep({ query: (text) => pool.query(text) }, log)
  return {
    kind: 'pglite',
    pool,
    close: async () => {
      await upkeep.stop()
      await pool.end()
      await worker.close()
    },
  }
}
