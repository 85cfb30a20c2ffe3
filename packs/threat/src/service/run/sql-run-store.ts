import type { Text } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import { respondErrors } from '../../respond/respond-errors.ts'
import type { JournalEntry, Run } from '../../respond/run.ts'
import type { RunStore } from '../../respond/run-store.ts'
import { bothWords } from '../../respond/same-words.ts'
import type { ThreatTables } from '../tables.ts'

/** Run and journal lines are one transaction. */
export function sqlRunStore(store: Store): RunStore {
  const db = () => store.db<ThreatTables>()
  return {
    create: (run, entries) =>
      store.transaction<ThreatTables, void>(async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('threat_runs')
          .values({ id: run.id, version: run.version, status: run.status, ...run.about, body: JSON.stringify(run) })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst()
        if (!numInsertedOrUpdatedRows) throw respondErrors.stale({ id: run.id })
        await addLines(tx, run.id, entries)
      }),
    find: async (id) => {
      const row = await db().selectFrom('threat_runs').select('body').where('id', '=', id).executeTakeFirst()
      return row && (JSON.parse(row.body) as Run)
    },
    save: (run, entries) =>
      store.transaction<ThreatTables, void>(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('threat_runs')
          .set({ version: run.version, status: run.status, body: JSON.stringify(run) })
          .where('id', '=', run.id)
          .where('version', '=', run.version - 1)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw respondErrors.stale({ id: run.id })
        await addLines(tx, run.id, entries)
      }),
    journal: async (id) => {
      const rows = await db()
        .selectFrom('threat_run_journal')
        .select('body')
        .where('run', '=', id)
        .orderBy('seq')
        .execute()
      return rows.map(({ body }) => entryOf(JSON.parse(body)))
    },
  }
}

type StoredEntry = Omit<JournalEntry, 'detail'> & { readonly detail?: Text | string }

/** Lines of earlier versions have their detail in one language. */
function entryOf({ detail, ...entry }: StoredEntry): JournalEntry {
  return detail === undefined || detail === '' ? entry : { ...entry, detail: bothWords(detail) }
}

async function addLines(tx: Transaction<ThreatTables>, run: string, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map((entry) => ({ run, body: JSON.stringify(entry) }))
  await tx.insertInto('threat_run_journal').values(rows).execute()
}
