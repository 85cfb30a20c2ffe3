import { sql, type Transaction } from 'kysely'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { storable, storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { TextColumns } from './text-columns.ts'

interface Hits {
  readonly rule: string
  readonly day: string
  alerts: number
  last: number
}

const DAY_MS = 86_400_000

/** Adds to the count of alerts of each rule and day (UTC). Grouped again by the database: long ids may be stored as one. */
export async function addHits(tx: Transaction<ThreatTables>, alerts: readonly PipelineAlert[]): Promise<void> {
  if (alerts.length === 0) return
  const rows = new TextColumns({ rule: 'text', day: 'text', alerts: 'integer', last_at: 'timestamptz' })
  for (const { last, ...row } of hitsOf(alerts)) rows.add({ ...row, last_at: new Date(last).toISOString() })
  await sql`
    insert into threat_hits (${rows.names})
    select rule, day, sum(alerts), max(last_at) from ${rows.rows} as hits (${rows.names}) group by rule, day
    on conflict (rule, day) do update set
      alerts = threat_hits.alerts + excluded.alerts, last_at = greatest(threat_hits.last_at, excluded.last_at)
  `.execute(tx)
}

function hitsOf(alerts: readonly PipelineAlert[]): Iterable<Hits> {
  const hits = new Map<string, Hits>()
  for (const { rule, eventMs } of alerts) {
    const at = storableTime(eventMs).getTime()
    const key = `${Math.floor(at / DAY_MS)} ${rule.id}`
    const known = hits.get(key)
    if (known) {
      known.alerts += 1
      known.last = Math.max(known.last, at)
    } else hits.set(key, { rule: storable(rule.id), day: new Date(at).toISOString().slice(0, 10), alerts: 1, last: at })
  }
  return hits.values()
}
