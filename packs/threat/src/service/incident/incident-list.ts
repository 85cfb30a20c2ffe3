import type { IncidentPage, IncidentQuery } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import { incidentRowView, type StoredIncident } from './incident-row-view.ts'

/** Incidents that fit, a page of them, and how many there are. */
export async function listIncidents(store: Store, query: IncidentQuery): Promise<IncidentPage> {
  const { order = 'newest', offset = 0, limit = 50 } = query
  const db = store.db<ThreatTables>()
  const where = sql`from threat_incidents where ${sql.join(conditionsOf(query), sql` and `)}`
  const rows =
    await sql<StoredIncident>`select * ${where} order by ${ORDER[order]}, seq desc offset ${offset} limit ${limit}`.execute(
      db,
    )
  const counted = await sql<{ total: string }>`select count(*) as total ${where}`.execute(db)
  return { incidents: rows.rows.map(incidentRowView), total: Number(counted.rows[0]?.total ?? 0) }
}

const ORDER = {
  newest: sql`last_at desc`,
  oldest: sql`first_at`,
  score: sql`score desc`,
  severity: sql`rank desc, last_at desc`,
}

function conditionsOf({ state, severity, network, technique, verdict, text, from, to }: IncidentQuery) {
  return [
    sql`merged_into is null`,
    ...(state ? [sql`state = ${state}`] : []),
    ...(severity ? [sql`severity = ${severity}`] : []),
    ...(network ? [sql`network = ${network}`] : []),
    ...(technique ? [sql`techniques like ${`%,${technique}%`}`] : []),
    ...(verdict ? [sql`verdict = ${verdict}`] : []),
    ...(text ? [sql`search like ${`%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`}`] : []),
    ...(from ? [sql`last_at >= ${new Date(from)}`] : []),
    ...(to ? [sql`first_at < ${new Date(to)}`] : []),
  ]
}
