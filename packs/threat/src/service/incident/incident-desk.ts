import { type Caller, HOUSE, sha256Hex, utf8 } from '@dengta/kernel'
import type {
  CloseIncident,
  IncidentDetail,
  IncidentPage,
  IncidentQuery,
  IncidentRow,
  ReopenIncident,
} from '@dengta/sdk'
import { type Selectable, sql } from 'kysely'
import { entityKey } from '../../incident/incident.ts'
import { entityGraph, techniquesOf, timelineOf } from '../../incident/incident-view.ts'
import { audit } from '../audit.ts'
import { readTechniques, type TechniqueTable } from '../rule/attack-matrix.ts'
import type { RunDesk } from '../run/run-desk.ts'
import { suggestionsFor } from '../run/suggestions.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { closeItsTickets, reopenItsTickets } from '../ticket/ticket-of-incident.ts'
import { groupId, ticketId } from '../triage/triage-finding.ts'
import type { IncidentBody } from './incident-rows.ts'

export interface IncidentDesk {
  list(query: IncidentQuery): Promise<IncidentPage>
  /** Throws `threat.missing`. */
  get(id: string): Promise<IncidentDetail>
  /** Closes its ticket too, and those of incidents that it absorbed. Throws `threat.missing`, `threat.incident_closed`. */
  close(caller: Caller, id: string, close: CloseIncident): Promise<IncidentDetail>
  /** Opens again the tickets that were closed with it; verdicts on its groups stay. Throws `threat.missing`, `threat.incident_open`. */
  reopen(caller: Caller, id: string, said: ReopenIncident): Promise<IncidentDetail>
  counts(): Promise<{ open: number; candidate: number; closed: number }>
}

type Parts = ThreatContext & { readonly runs: RunDesk }
type Row = Selectable<ThreatTables['threat_incidents']>

export function incidentDesk(parts: Parts): IncidentDesk {
  let table: Promise<TechniqueTable | undefined> | undefined
  const techniques = () => (table ??= readTechniques(parts.settings.dataFolder))
  const get = async (id: string) => detail(parts, await found(parts, id), (await techniques()) ?? new Map())
  return {
    list: (query) => list(parts, query),
    get,
    close: async (caller, id, said) => {
      await close(parts, { caller, row: await found(parts, id), said })
      return get(id)
    },
    reopen: async (caller, id, said) => {
      await reopen(parts, { caller, row: await found(parts, id), said })
      return get(id)
    },
    counts: async () => {
      const rows = await parts.store
        .db<ThreatTables>()
        .selectFrom('threat_incidents')
        .select((eb) => ['state', eb.fn.countAll<string>().as('count')])
        .where('merged_into', 'is', null)
        .groupBy('state')
        .execute()
      const count = (state: string) => Number(rows.find((each) => each.state === state)?.count ?? 0)
      return { open: count('open'), candidate: count('candidate'), closed: count('closed') }
    },
  }
}

async function found({ store }: Parts, id: string): Promise<Row> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_incidents')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw threatErrors.missing({ what: 'incident', id })
  return row
}

async function list({ store }: Parts, query: IncidentQuery): Promise<IncidentPage> {
  const {
    state,
    severity,
    network,
    technique,
    verdict,
    text,
    from,
    to,
    order = 'newest',
    offset = 0,
    limit = 50,
  } = query
  const conditions = [
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
  const by = {
    newest: sql`last_at desc`,
    oldest: sql`first_at`,
    score: sql`score desc`,
    severity: sql`rank desc, last_at desc`,
  }[order]
  const db = store.db<ThreatTables>()
  const where = sql`from threat_incidents where ${sql.join(conditions, sql` and `)}`
  const rows = await sql<Row>`select * ${where} order by ${by}, seq desc offset ${offset} limit ${limit}`.execute(db)
  const counted = await sql<{ total: string }>`select count(*) as total ${where}`.execute(db)
  return { incidents: rows.rows.map(incidentRowView), total: Number(counted.rows[0]?.total ?? 0) }
}

function incidentRowView(row: Row): IncidentRow {
  const { incident, title } = JSON.parse(row.body) as IncidentBody
  const groups = incident.findings.map(({ group }) => group)
  return {
    ...{ id: row.id, network: row.network, title, severity: row.severity as IncidentRow['severity'] },
    ...{
      state: row.state as IncidentRow['state'],
      first: new Date(row.first_at).toISOString(),
      last: new Date(row.last_at).toISOString(),
    },
    hosts: [...new Set(groups.map(({ host }) => host))],
    signatures: new Set(groups.map(({ signature }) => signature)).size,
    ...{ groups: row.groups, alerts: row.alerts, score: row.score },
    techniques: row.techniques.split(',').filter(Boolean),
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
    ...(row.verdict === null ? {} : { verdict: row.verdict as NonNullable<IncidentRow['verdict']> }),
  }
}

async function detail(parts: Parts, row: Row, table: TechniqueTable): Promise<IncidentDetail> {
  const { incident } = JSON.parse(row.body) as IncidentBody
  const graph = entityGraph(incident)
  const verdicts = await verdictsOf(parts, row.id)
  const idOf = new Map(incident.findings.map(({ group }) => [`${group.first} ${group.host} ${group.signature}`, group]))
  const merged = incident.merged.map((number) => row.id.replace(/\d+$/, String(number)))
  const tickets = await ticketsOf(parts, [row.id, ...merged])
  return {
    ...incidentRowView(row),
    timeline: timelineOf(incident).map(({ first, last, ...entry }) => {
      const group = idOf.get(`${first} ${entry.host} ${entry.signature}`)
      const id = groupId(row.flow, group?.number ?? 0)
      const verdict = verdicts.get(id)
      return {
        group: id,
        first: new Date(first).toISOString(),
        last: new Date(last).toISOString(),
        level: group?.level ?? '',
        ...entry,
        ...(verdict ? { verdict } : {}),
      }
    }),
    graph: {
      nodes: graph.nodes.map(({ entity, groups, score }) => ({ id: entityKey(entity), ...entity, groups, score })),
      edges: graph.edges.map((edge) => ({ ...edge })),
    },
    seenTechniques: techniquesOf(incident, table).map(({ tactics, ...each }) => ({ ...each, tactics: [...tactics] })),
    ...{ merged, tickets },
    runs: await parts.runs.ofIncident(row.id),
    suggestions: suggestionsFor(
      graph.nodes.map(({ entity }) => entity),
      await parts.runs.playbooks(),
    ),
    ...(row.record === null ? {} : { record: row.record }),
  }
}

type Verdict = NonNullable<IncidentRow['verdict']>

async function verdictsOf({ store }: Parts, incident: string): Promise<ReadonlyMap<string, Verdict>> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .select(['id', 'verdict'])
    .where('incident', '=', incident)
    .where('verdict', 'is not', null)
    .execute()
  return new Map(rows.map(({ id, verdict }) => [id, verdict as Verdict]))
}

/** Of the incident, and of those that it absorbed. */
async function ticketsOf({ store }: Parts, incidents: readonly string[]): Promise<IncidentDetail['tickets']> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_tickets')
    .select('body')
    .where('id', 'in', incidents.map(ticketId))
    .orderBy('id')
    .execute()
  return rows.map(({ body }) => {
    const { id, title, state, assignee } = JSON.parse(body) as IncidentDetail['tickets'][number]
    return { id, title, state, ...(assignee === undefined ? {} : { assignee }) }
  })
}

interface Closing {
  readonly caller: Caller
  readonly row: Row
  readonly said: CloseIncident
}

/** Its groups that nobody has judged take the verdict. */
async function close({ store, ledger, clock }: Parts, { caller, row, said }: Closing): Promise<void> {
  if (row.record !== null) throw threatErrors.incident_closed({ id: row.id })
  const { verdict, reason } = said
  const at = clock.now()
  const by = caller.participant
  const view = incidentRowView(row)
  await store.transaction<ThreatTables, void>(async (tx) => {
    const { groups, alerts, techniques, first, last } = view
    const predicate = { basis: [], incident: row.id, verdict, by, groups, alerts, techniques, first, last }
    const { id: record } = await ledger.append(tx, {
      kind: 'incident-closed',
      actor: HOUSE,
      subjects: [subjectOf(row)],
      predicate,
    })
    await tx
      .updateTable('threat_incidents')
      .set({ state: 'closed', verdict, record })
      .where('id', '=', row.id)
      .where('record', 'is', null)
      .execute()
    const open = await tx
      .selectFrom('threat_groups')
      .select('id')
      .where('incident', '=', row.id)
      .where('verdict', 'is', null)
      .execute()
    const kind = verdict === 'attack' ? 'confirm' : verdict
    for (const { id } of open) {
      await tx
        .insertInto('threat_dispositions')
        .values({ group_id: id, kind, verdict, reason, by, at, source: 'analyst' })
        .execute()
      await tx
        .updateTable('threat_groups')
        .set({ verdict, judged_by: by, judged_at: at })
        .where('id', '=', id)
        .execute()
    }
    await closeItsTickets(tx, ledger, { incident: row.id, reason: `${verdict}: ${reason}`, by, at })
    await audit(tx, { at, actor: by, action: 'incident.close', target: row.id, detail: `${verdict}: ${reason}` })
  })
}

interface Reopening {
  readonly caller: Caller
  readonly row: Row
  readonly said: ReopenIncident
}

/** The record of its closing stays in the log and is named in the audit trail. */
async function reopen({ store, clock }: Parts, { caller, row, said: { reason } }: Reopening): Promise<void> {
  const { id: incident, record } = row
  if (record === null) throw threatErrors.incident_open({ id: incident })
  const [at, by] = [clock.now(), caller.participant]
  await store.transaction<ThreatTables, void>(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('threat_incidents')
      .set({ state: 'open', verdict: null, record: null })
      .where('id', '=', incident)
      .where('record', '=', record)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw threatErrors.incident_open({ id: incident })
    await reopenItsTickets(tx, { incident, reason, by, at })
    await audit(tx, { at, actor: by, action: 'incident.reopen', target: incident, detail: `${record}: ${reason}` })
  })
}

function subjectOf(row: Row) {
  return { name: `incident:${row.id}`, digest: { sha256: sha256Hex(utf8(row.body)) } }
}
