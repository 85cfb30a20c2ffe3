import type { Text } from '@dengta/kernel'
import type { Insertable, Transaction } from 'kysely'
import type { Incident } from '../../incident/incident.ts'
import type { IncidentOfBefore } from '../../incident/incident-of-before.ts'
import { SEVERITIES } from '../../incident/severities.ts'
import { storableCount, storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { incidentId } from '../triage/triage-finding.ts'
import { type FoldedNews, foldNews, type IncidentFound } from './fold-news.ts'
import { putGroups } from './incident-groups.ts'
import { openTicket, tellTicket } from './incident-ticket.ts'
import { searchOf, severityOf, titleOf } from './incident-words.ts'

/** What a row keeps beside its columns; older rows hold all findings. */
export interface IncidentBody {
  readonly incident: Incident | IncidentOfBefore
  readonly title: Text
}

/** Where and when incidents are written. */
export interface FlowNow {
  readonly flow: string
  readonly now: Date
}

type Tx = Transaction<ThreatTables>

/** What is new of incidents; those they absorbed step back; one that ever opened gets its ticket. Answers the ids newly opened. */
export async function putIncidents(
  tx: Tx,
  where: FlowNow,
  findings: readonly IncidentFound[],
): Promise<readonly string[]> {
  const opened: string[] = []
  for (const finding of foldNews(findings))
    if (await putIncident(tx, where, finding)) opened.push(incidentId(where.flow, finding.incident.number))
  return opened
}

async function putIncident(tx: Tx, where: FlowNow, finding: FoldedNews): Promise<boolean> {
  const { incident } = finding
  const id = incidentId(where.flow, incident.number)
  const joined = await putGroups(tx, where.flow, finding)
  const before = await wordsBefore(tx, [id, ...finding.absorbed.map((number) => incidentId(where.flow, number))])
  const title = titleOf(incident)
  await upsert(tx, { ...incidentRow(where.flow, finding, title), search: searchOf(title, before, joined) })
  await tx
    .updateTable('threat_incidents')
    .set({ state: incident.state })
    .where('id', '=', id)
    .where('record', 'is', null)
    .execute()
  if (finding.opened === undefined) return false
  const opened = await openTicket(tx, {
    incident: finding.opened,
    id,
    title,
    severity: severityOf(incident),
    now: where.now,
  })
  if (incident.state === 'closed') await tellTicket(tx, id, where.now)
  return opened
}

async function wordsBefore(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  const rows = await tx.selectFrom('threat_incidents').select('search').where('id', 'in', ids).orderBy('seq').execute()
  return rows.map(({ search }) => search)
}

type NewRow = Insertable<ThreatTables['threat_incidents']>

/** Columns that news replace. */
const NEW = [
  ...(['severity', 'rank', 'first_at', 'last_at', 'score', 'groups', 'alerts'] as const),
  ...(['search', 'techniques', 'body'] as const),
]

async function upsert(tx: Tx, row: NewRow): Promise<void> {
  await tx
    .insertInto('threat_incidents')
    .values(row)
    .onConflict((on) =>
      on.column('id').doUpdateSet(({ ref }) => Object.fromEntries(NEW.map((name) => [name, ref(`excluded.${name}`)]))),
    )
    .execute()
}

function incidentRow(flow: string, { network, incident }: IncidentFound, title: Text): Omit<NewRow, 'search'> {
  const { number, state, first, last, score, groups, alerts, techniques } = incident
  const severity = severityOf(incident)
  const body: IncidentBody = { incident, title }
  return {
    ...{ id: incidentId(flow, number), flow, network, state, severity, rank: SEVERITIES.indexOf(severity) },
    ...{ first_at: storableTime(first), last_at: storableTime(last), score },
    ...{ groups: storableCount(groups), alerts: storableCount(alerts) },
    ...{ techniques: `,${techniques.names.join(',')},`, body: JSON.stringify(body) },
  }
}
