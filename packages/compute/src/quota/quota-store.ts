import type { Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { Account, Quota } from './quota.ts'

type Tx = Transaction<ComputeTables>

export interface QuotaStore {
  /** Writes the grant or replaces the one before. */
  grant(tx: Tx, quota: Quota): Promise<void>
  /** The quota, locked until the transaction ends: two jobs of one participant are asked for one after the other. */
  lock(tx: Tx, participant: string): Promise<Quota | undefined>
  /** What a participant holds and has used, seen from inside the transaction. */
  account(tx: Tx, participant: string): Promise<Account>
  /** By participant. */
  list(): Promise<readonly Quota[]>
  accounts(): Promise<ReadonlyMap<string, Account>>
}
