import type { Clock, Migration } from '@dengta/kernel'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { openFileBlobStore } from './file-blob-store.ts'
import { guardedPool } from './guarded-pool.ts'
import { JobRows, jobMigration } from './job-rows.ts'
import { migrate } from './migrate.ts'
import { SqlJobQueue } from './sql-job-queue.ts'
import type { Store } from './store.ts'
import { TransactionScope } from './transaction-scope.ts'

export interface AssembleOptions {
  /** Absolute; blobs go into `blobs/` there. */
  readonly home: string
  readonly migrations: readonly Migration[]
  readonly clock: Clock
  readonly log: (line: string) => void
  readonly restMs: readonly number[]
}

/** A store over an open database: migrates it, then joins rows, blobs and jobs. The caller owns the database. */
export async function assembleStore(database: Database, options: AssembleOptions): Promise<Store> {
  const scope = new TransactionScope()
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: guardedPool(database.pool, scope) }) })
  await migrate(db, [jobMigration, ...options.migrations], options.clock)
  const blobs = await openFileBlobStore(`${options.home}/blobs`)
  const rows = new JobRows(db, options.clock)
  const jobs = new SqlJobQueue({ rows, scope, restMs: options.restMs, log: options.log })
  return {
    kind: database.kind,
    home: options.home,
    blobs,
    jobs,
    db: () => db,
    transaction: <T, R>(work: (tx: Transaction<T>) => Promise<R>) =>
      scope.run((within) => db.transaction().execute((tx) => within(() => work(tx)))),
    close: async () => {
      await jobs.stop()
      await db.destroy()
      await database.close()
    },
  }
}
