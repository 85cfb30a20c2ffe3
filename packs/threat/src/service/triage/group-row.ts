import type { Selectable } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'

export type GroupRow = Selectable<ThreatTables['threat_groups']>

/** Throws `threat.missing`. */
export async function groupRow({ store }: Pick<ThreatContext, 'store'>, id: string): Promise<GroupRow> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw threatErrors.missing({ what: 'group', id })
  return row
}
