import type { IncidentDetail } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { entityKey } from '../../incident/incident.ts'
import { type AttackTable, type EntityGraph, entityGraph, techniquesOf } from '../../incident/incident-view.ts'
import type { RunDesk } from '../run/run-desk.ts'
import { suggestionsFor } from '../run/suggestions.ts'
import { storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { readTicket } from '../ticket/sql-ticket-store.ts'
import { ticketId } from '../triage/triage-finding.ts'
import { incidentRowView, type StoredIncident } from './incident-row-view.ts'
import { type ShownGroup, shownGroups } from './shown-groups.ts'

interface Parts {
  readonly store: Store
  readonly runs: RunDesk
}

/** The page of an incident. Timeline, entities and techniques are of the groups shown, at most `MOST_SHOWN`. */
export async function incidentDetail(parts: Parts, row: StoredIncident, table: AttackTable): Promise<IncidentDetail> {
  const groups = await shownGroups(parts.store, row)
  const graph = entityGraph(groups)
  const merged = await absorbedBy(parts.store, row.id)
  return {
    ...incidentRowView(row),
    timeline: groups.map(timelineEntry),
    graph: graphView(graph),
    seenTechniques: techniquesOf(groups, table).map(({ tactics, ...each }) => ({ ...each, tactics: [...tactics] })),
    ...{ merged, tickets: await ticketsOf(parts.store, [row.id, ...merged]) },
    runs: await parts.runs.ofIncident(row.id),
    suggestions: suggestionsFor(
      graph.nodes.map(({ entity }) => entity),
      await parts.runs.playbooks(),
    ),
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
    ...(row.record === null ? {} : { record: row.record }),
  }
}

function timelineEntry({ id, group, score, verdict }: ShownGroup): IncidentDetail['timeline'][number] {
  const { first, last, host, signature, level, alerts } = group
  return {
    ...{ group: id, first: storableTime(first).toISOString(), last: storableTime(last).toISOString() },
    ...{ host, signature, level, alerts, score, ...(verdict && { verdict }) },
  }
}

const graphView = ({ nodes, edges, hidden }: EntityGraph): IncidentDetail['graph'] => ({
  nodes: nodes.map(({ entity, groups, score }) => ({ id: entityKey(entity), ...entity, groups, score })),
  edges: edges.map((edge) => ({ ...edge })),
  ...(hidden > 0 && { hidden }),
})

async function absorbedBy(store: Store, incident: string): Promise<string[]> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_incidents')
    .select('id')
    .where('merged_into', '=', incident)
    .orderBy('seq')
    .execute()
  return rows.map(({ id }) => id)
}

/** Of the incident, and of those that it absorbed. */
async function ticketsOf(store: Store, incidents: readonly string[]): Promise<IncidentDetail['tickets']> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_tickets')
    .select('body')
    .where('id', 'in', incidents.map(ticketId))
    .orderBy('id')
    .execute()
  return rows.map(({ body }) => {
    const { id, title, state, assignee } = readTicket(body)
    return { id, title: { ...title }, state, ...(assignee === undefined ? {} : { assignee }) }
  })
}
