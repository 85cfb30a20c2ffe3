import type { Kysely } from 'kysely'
import { storable } from './storable.ts'
import type { ThreatTables } from './tables.ts'

export interface Act {
  readonly at: Date
  readonly actor: string
  /** Dotted, e.g. `group.judge`. */
  readonly action: string
  readonly target: string
  readonly detail?: string
}

/** Who did what, in the transaction of the act. */
export async function audit(tx: Kysely<ThreatTables>, { at, actor, action, target, detail = '' }: Act): Promise<void> {
  const row = { at, actor, action, target: storable(target), detail: storable(detail, 4000) }
  await tx.insertInto('threat_audit').values(row).execute()
}
