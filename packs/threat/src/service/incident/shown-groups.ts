import type { IncidentDetail } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { sql } from 'kysely'
import type { AlertGroup } from '../../group/alert-group.ts'
import type { Finding } from '../../incident/incident.ts'
import { type IncidentOfBefore, isOfBefore } from '../../incident/incident-of-before.ts'
import type { ThreatTables } from '../tables.ts'
import type { GroupBody } from '../triage/group-rows.ts'
import { groupId } from '../triage/triage-finding.ts'
import type { StoredIncident } from './incident-row-view.ts'
import type { IncidentBody } from './incident-rows.ts'

type Verdict = IncidentDetail['timeline'][number]['verdict']

/** A group as the page of its incident shows it. */
export interface ShownGroup extends Finding {
  readonly id: string
  readonly verdict: Verdict
}

/** Groups that the page of an incident shows: those of the highest score, of these the newest. */
const MOST_SHOWN = 1000

/** In the order of their first alerts. */
export async function shownGroups(store: Store, row: StoredIncident): Promise<readonly ShownGroup[]> {
  const { incident } = JSON.parse(row.body) as IncidentBody
  const groups = isOfBefore(incident) ? await groupsOfBefore(store, row, incident) : await groupsOf(store, row)
  return groups.toSorted((one, other) => one.group.first - other.group.first)
}

async function groupsOf(store: Store, { id }: StoredIncident): Promise<readonly ShownGroup[]> {
  const { rows } = await sql<{ id: string; body: string; grown: string | null; score: number; verdict: string | null }>`
    select id, body, grown, score, verdict from threat_groups where incident = ${id}
    order by score desc, seq desc limit ${MOST_SHOWN}`.execute(store.db<ThreatTables>())
  return rows.map((row) => ({
    ...{ id: row.id, score: row.score, verdict: verdictOf(row.verdict) },
    group: row.grown === null ? (JSON.parse(row.body) as GroupBody).group : (JSON.parse(row.grown) as AlertGroup),
  }))
}

/** An older row holds its groups; only verdicts stand elsewhere. */
async function groupsOfBefore(
  store: Store,
  row: StoredIncident,
  { findings }: IncidentOfBefore,
): Promise<readonly ShownGroup[]> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .select(['id', 'verdict'])
    .where('incident', '=', row.id)
    .where('verdict', 'is not', null)
    .execute()
  const verdicts = new Map(rows.map(({ id, verdict }) => [id, verdict]))
  const best = findings.toSorted((one, other) => other.score - one.score || other.group.number - one.group.number)
  return best.slice(0, MOST_SHOWN).map(({ group, score }) => {
    const id = groupId(row.flow, group.number)
    return { id, group, score, verdict: verdictOf(verdicts.get(id) ?? null) }
  })
}

const verdictOf = (verdict: string | null): Verdict => (verdict === null ? undefined : (verdict as Verdict))
