import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { LONGEST_WAIT_SECONDS } from './database.ts'
import { storeErrors } from './errors.ts'
import type { TransactionScope } from './transaction-scope.ts'

/** The pool of one store: refuses a second connection inside a transaction, and names the error of a long wait. */
export function guardedPool(pool: PostgresPool, scope: TransactionScope): PostgresPool {
  return {
    connect: async () => {
      scope.assertOutside()
      return pool.connect().catch(nameTimeout)
    },
    end: () => Promise.resolve(),
  }
}

function nameTimeout(thrown: unknown): PostgresPoolClient {
  const message = thrown instanceof Error ? thrown.message : ''
  if (message.includes('timeout')) throw storeErrors.busy({ seconds: LONGEST_WAIT_SECONDS }, thrown)
  throw thrown
}
