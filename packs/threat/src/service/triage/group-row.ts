import type { Selectable } from 'kysely'
import { notKept } from '../retention/gone.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'

export type GroupRow = Selectable<ThreatTables['threat_groups']>

/** Throws `threat.missing`, `threat.gone`. */
export async function groupRow({ store }: Pick<ThreatContext, 'store'>, id: string): Promise<GroupRow> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw await notKept(store, 'group', id)
  return row
}
