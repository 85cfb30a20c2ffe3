import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, Migration } from '@dengta/kernel'
import { assembleStore } from './assemble-store.ts'
import type { Database } from './database.ts'
import { makeDurableFolder } from './durable-files.ts'
import { lockHome } from './home-lock.ts'
import { keepDatabase } from './keep-database.ts'
import { keepKind } from './keep-kind.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'
import type { Store } from './store.ts'

export interface OpenStoreOptions {
  /** The data folder; created where it is absent. */
  readonly home: string
  /** A PostgreSQL to use instead of the embedded database, `postgres://...`. */
  readonly databaseUrl?: string
  readonly migrations: readonly Migration[]
  readonly clock: Clock
  readonly log?: (line: string) => void
}

/** Rest before the second and the third attempt of a failed job. */
const REST_MS = [1000, 10_000]

/**
 * Opens the one store of a server. Throws `store.locked` where another process has the folder,
 * `store.database_in_use` where another has the database, `store.kept_in_*` and `store.other_database` where the folder belongs to
 * another one, and the `store.postgres_*` and `store.migration_*` errors.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  await makeDurableFolder(options.home)
  const home = await realpath(options.home)
  const log = options.log ?? (() => undefined)
  const lock = await lockHome(home)
  let database: Database | undefined
  try {
    await keepKind(home, options.databaseUrl ? 'postgres' : 'pglite')
    database = options.databaseUrl
      ? await openPostgres(options.databaseUrl, log)
      : await openPglite(join(home, 'database'), log)
    await keepDatabase(home, database.pool)
    const { migrations, clock } = options
    const store = await assembleStore(database, { home, migrations, clock, log, restMs: REST_MS })
    return { ...store, close: () => store.close().finally(() => lock.release()) }
  } catch (thrown) {
    await Promise.allSettled([database?.close()])
    await lock.release()
    throw thrown
  }
}
