import type { Text } from '@dengta/kernel'
import type { Insertable, Transaction } from 'kysely'
import type { Incident } from '../../incident/incident.ts'
import { goneQuiet, newTicket, type Severity } from '../../ticket/ticket.ts'
import { WATCHING } from '../../triage/watch.ts'
import { storable, storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { findTicket, insertTicket, updateTicket } from '../ticket/sql-ticket-store.ts'
import { groupId, incidentId, type TriageFinding, ticketId } from '../triage/triage-finding.ts'

export type IncidentFound = Extract<TriageFinding, { kind: 'incident' }>

/** What a row keeps beside its columns. */
export interface IncidentBody {
  readonly incident: Incident
  readonly title: Text
}

/** Where and when incidents are written. */
export interface FlowNow {
  readonly flow: string
  readonly now: Date
}

export const SEVERITIES: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical']

/** Incidents as last seen; those they absorbed step back; one that ever opened gets its ticket. Answers the ids newly opened. */
export async function putIncidents(
  tx: Transaction<ThreatTables>,
  where: FlowNow,
  findings: readonly IncidentFound[],
): Promise<readonly string[]> {
  const newest = new Map(findings.map((finding) => [finding.incident.number, finding]))
  const opened: string[] = []
  for (const finding of newest.values())
    if (await putIncident(tx, where, finding)) opened.push(incidentId(where.flow, finding.incident.number))
  return opened
}

async function putIncident(tx: Transaction<ThreatTables>, where: FlowNow, finding: IncidentFound): Promise<boolean> {
  const { incident } = finding
  const { flow } = where
  const row = incidentRow(flow, finding)
  await tx
    .insertInto('threat_incidents')
    .values(row)
    .onConflict((on) =>
      on.column('id').doUpdateSet(({ ref }) => {
        const names = [
          'severity',
          'rank',
          'first_at',
          'last_at',
          'score',
          'groups',
          'alerts',
          'search',
          'techniques',
          'body',
        ] as const
        return Object.fromEntries(names.map((name) => [name, ref(`excluded.${name}`)]))
      }),
    )
    .execute()
  await tx
    .updateTable('threat_incidents')
    .set({ state: incident.state })
    .where('id', '=', row.id)
    .where('record', 'is', null)
    .execute()
  const merged = incident.merged.map((number) => incidentId(flow, number))
  if (merged.length > 0)
    await tx.updateTable('threat_incidents').set({ merged_into: row.id }).where('id', 'in', merged).execute()
  const groups = incident.findings.map(({ group }) => groupId(flow, group.number))
  await tx.updateTable('threat_groups').set({ incident: row.id }).where('id', 'in', groups).execute()
  if (incident.state === 'candidate') return false
  const opened = await openTicket(tx, { ...where, incident: row.id }, finding)
  if (incident.state === 'closed') await tellTicket(tx, ticketId(row.id), where.now)
  return opened
}

/** An incident that ends by itself leaves its ticket to people, and the ticket says so. */
async function tellTicket(tx: Transaction<ThreatTables>, id: string, now: Date): Promise<void> {
  const ticket = await findTicket(tx, id)
  const told = ticket && goneQuiet(ticket, now.toISOString())
  if (told) await updateTicket(tx, told)
}

/** Of a replayed log the durations are kept and the end is now: people act by the clock of the house. */
const REPLAYED_MS = 3_600_000

/** First event and when triage raised it: by its declared delay, so the time to detect is that delay and not measured. */
async function openTicket(
  tx: Transaction<ThreatTables>,
  { incident: id, now }: FlowNow & { incident: string },
  { incident }: IncidentFound,
): Promise<boolean> {
  const groups = incident.findings.map(({ group }) => group)
  const raised = Math.min(...groups.map(({ first }) => first)) + WATCHING.delay
  const shift = now.getTime() - raised > REPLAYED_MS ? now.getTime() - raised : 0
  const ticket = newTicket({
    ...{ id: ticketId(id), title: titleOf(groups).en, severity: severityOf(incident.findings) },
    links: [{ kind: 'incident', id }],
    event: storableTime(incident.first + shift).toISOString(),
    detected: storableTime(raised + shift).toISOString(),
  })
  const made = await insertTicket(tx, ticket)
  if (made) await tx.updateTable('threat_incidents').set({ ticket: ticket.id }).where('id', '=', id).execute()
  return made
}

function incidentRow(flow: string, { network, incident }: IncidentFound): Insertable<ThreatTables['threat_incidents']> {
  const groups = incident.findings.map(({ group }) => group)
  const severity = severityOf(incident.findings)
  const title = titleOf(groups)
  const body: IncidentBody = { incident, title }
  const words = [title.en, title.zh, ...groups.flatMap(({ host, signature }) => [host, signature])]
  return {
    ...{ id: incidentId(flow, incident.number), flow, network, state: incident.state, severity },
    ...{
      rank: SEVERITIES.indexOf(severity),
      first_at: storableTime(incident.first),
      last_at: storableTime(incident.last),
    },
    score: Math.max(...incident.findings.map(({ score }) => score)),
    ...{ groups: groups.length, alerts: groups.reduce((sum, { alerts }) => sum + alerts, 0) },
    search: storable([...new Set(words)].join('\n').toLowerCase(), 8000),
    techniques: `,${[...new Set(groups.flatMap(({ techniques }) => techniques))].join(',')},`,
    body: JSON.stringify(body),
  }
}

type Groups = readonly { readonly host: string; readonly signature: string; readonly level: string }[]

function titleOf(groups: Groups): Text {
  const hosts = [...new Set(groups.map(({ host }) => host))]
  const [first] = groups
  const more = new Set(groups.map(({ signature }) => signature)).size - 1
  const where = hosts.length === 1 ? hosts[0] : `${hosts[0]} +${hosts.length - 1}`
  const signature = storable(first?.signature ?? '', 120)
  return {
    en: `${signature}${more > 0 ? ` and ${more} more` : ''} on ${where}`,
    zh: `${where} 上的 ${signature}${more > 0 ? ` 等 ${more + 1} 类告警` : ''}`,
  }
}

/** The highest level that a detector stated; where none did, the score says: above 2 (88 %) high, else medium. */
function severityOf(findings: Incident['findings']): Severity {
  const stated = Math.max(...findings.map(({ group }) => SEVERITIES.indexOf(group.level as Severity)))
  if (stated >= 0) return SEVERITIES[stated] as Severity
  return findings.some(({ score }) => score >= 2) ? 'high' : 'medium'
}
