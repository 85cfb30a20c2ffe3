import type { Job, Migration } from '@dengta/kernel'
import type { Generated } from 'kysely'
import type { Store } from './store.ts'

/** What the kill test writes and checks: rows that name blobs, a sum that must stay, jobs that must all have run. */
export interface KeptTables {
  kept: { n: Generated<number>; digest: string }
  account: { id: number; amount: number }
  ran: { n: number }
}

export const keptMigration: Migration = {
  id: 'test/001-kept',
  sql: `create table kept (n int generated always as identity primary key, digest text not null);
    create table account (id int primary key, amount int not null);
    insert into account values (1, 0), (2, 0);
    create table ran (n int primary key)`,
}

/** May run twice for one row, as every job may; the second time changes nothing. */
export function keptJob(store: Store): Job {
  return {
    queue: 'kept',
    concurrency: 1,
    work: async (payload) => {
      const { n } = payload as { n: number }
      await store
        .db<KeptTables>()
        .insertInto('ran')
        .values({ n })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
  }
}
