import type { PostgresPool } from 'kysely'

/** An engine that answers PostgreSQL's SQL, whichever it is. */
export interface Database {
  readonly kind: 'pglite' | 'postgres'
  readonly pool: PostgresPool
  close(): Promise<void>
}

/** A caller that waits longer than this for a connection gets `store.busy`. */
export const LONGEST_WAIT_SECONDS = 60
