import type { Store } from '@dengta/store'
import type { ThreatTables } from '../tables.ts'
import { threatErrors } from '../threat-errors.ts'

/** The sealed file of a batch of decisions, by its record; throws `threat.missing`. */
export function openBatch(store: Store) {
  return async (record: string): Promise<Uint8Array> => {
    const row = await store
      .db<ThreatTables>()
      .selectFrom('threat_batches')
      .select('file')
      .where('record', '=', record)
      .executeTakeFirst()
    if (!row) throw threatErrors.missing({ what: 'batch', id: record })
    return store.blobs.get(row.file)
  }
}
