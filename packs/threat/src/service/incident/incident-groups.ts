import { sql, type Transaction } from 'kysely'
import type { AlertGroup } from '../../group/alert-group.ts'
import type { ThreatTables } from '../tables.ts'
import { groupId, incidentId } from '../triage/triage-finding.ts'
import type { IncidentFound } from './fold-news.ts'

type Tx = Transaction<ThreatTables>

/** Host and signature of a group, as its row has them. */
export interface GroupWords {
  readonly host: string
  readonly signature: string
}

/** What is new of the groups of an incident, and nothing else of them, is written. Answers the words of those that joined. */
export async function putGroups(
  tx: Tx,
  flow: string,
  { incident, added, grown, absorbed }: IncidentFound,
): Promise<readonly GroupWords[]> {
  const id = incidentId(flow, incident.number)
  const numbers = added.map((number) => groupId(flow, number))
  const joined = await joinGroups(tx, id, numbers)
  if (absorbed.length > 0)
    await moveGroups(
      tx,
      id,
      absorbed.map((number) => incidentId(flow, number)),
    )
  await growGroups(tx, flow, grown)
  return joined
}

async function joinGroups(tx: Tx, incident: string, ids: readonly string[]): Promise<readonly GroupWords[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<GroupWords>`
    update threat_groups set incident = ${incident} where id = any(${ids}::text[]) returning host, signature`.execute(
    tx,
  )
  return rows
}

/** Groups of incidents that turned out to be this one, and what those had absorbed before. */
async function moveGroups(tx: Tx, incident: string, absorbed: readonly string[]): Promise<void> {
  await tx.updateTable('threat_groups').set({ incident }).where('incident', 'in', absorbed).execute()
  await tx
    .updateTable('threat_incidents')
    .set({ merged_into: incident })
    .where((eb) => eb.or([eb('id', 'in', absorbed), eb('merged_into', 'in', absorbed)]))
    .execute()
}

/** The decision and what it stood on stay as they are: they are on record. */
async function growGroups(tx: Tx, flow: string, groups: readonly AlertGroup[]): Promise<void> {
  if (groups.length === 0) return
  const ids = groups.map(({ number }) => groupId(flow, number))
  const bodies = groups.map((group) => JSON.stringify(group))
  await sql`update threat_groups as g set grown = each.body
    from unnest(${ids}::text[], ${bodies}::text[]) as each (id, body) where g.id = each.id`.execute(tx)
}
