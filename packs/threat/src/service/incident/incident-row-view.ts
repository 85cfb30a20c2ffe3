import type { IncidentRow } from '@dengta/sdk'
import type { Selectable } from 'kysely'
import type { Incident } from '../../incident/incident.ts'
import { isOfBefore, summaryOfBefore } from '../../incident/incident-of-before.ts'
import type { ThreatTables } from '../tables.ts'
import type { IncidentBody } from './incident-rows.ts'

export type StoredIncident = Selectable<ThreatTables['threat_incidents']>

/** A row as lists show it. */
export function incidentRowView(row: StoredIncident): IncidentRow {
  const { incident, title } = JSON.parse(row.body) as IncidentBody
  const { hosts, signatures } = summaryOf(incident)
  return {
    ...{ id: row.id, network: row.network, title, severity: row.severity as IncidentRow['severity'] },
    ...{
      state: row.state as IncidentRow['state'],
      first: new Date(row.first_at).toISOString(),
      last: new Date(row.last_at).toISOString(),
    },
    ...{ hosts: [...hosts.names], hostCount: hosts.count, signatures: signatures.count },
    ...((hosts.atLeast || signatures.atLeast) && { atLeast: true }),
    ...{ groups: row.groups, alerts: row.alerts, score: row.score },
    techniques: row.techniques.split(',').filter(Boolean),
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
    ...(row.verdict === null ? {} : { verdict: row.verdict as NonNullable<IncidentRow['verdict']> }),
  }
}

const summaryOf = (incident: IncidentBody['incident']): Incident =>
  isOfBefore(incident) ? summaryOfBefore(incident) : incident
