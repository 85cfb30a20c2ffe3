import type { Kysely, Transaction } from 'kysely'
import type { BlobStore } from './blob-store.ts'
import type { JobQueue } from './job-queue.ts'

/** One open database with its blobs and background jobs. `T` is the set of tables that a package declares for itself. */
export interface Store {
  readonly kind: 'pglite' | 'postgres'
  /** The data folder, absolute. */
  readonly home: string
  readonly blobs: BlobStore
  readonly jobs: JobQueue
  /** Queries outside a transaction. `db<Tables>()` types them by the caller's own tables. */
  db<T>(): Kysely<T>
  /** Runs `work` in one transaction: all of it or nothing. Keep it short, never await the network inside. */
  transaction<T, R>(work: (tx: Transaction<T>) => Promise<R>): Promise<R>
  close(): Promise<void>
}
