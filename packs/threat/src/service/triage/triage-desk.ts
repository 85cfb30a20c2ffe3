import type { Caller } from '@dengta/kernel'
import {
  type DispositionView,
  GROUPS_COUNTED,
  type GroupDetail,
  type GroupPage,
  type GroupQuery,
  type GroupView,
  type NewDisposition,
  type QueuePage,
  type QueueQuery,
} from '@dengta/sdk'
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { WATCHING } from '../../triage/watch.ts'
import { storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { type GroupRow, groupRow } from './group-row.ts'
import type { GroupBody } from './group-rows.ts'
import { judge, undo } from './judge.ts'

export interface TriageDesk {
  queue(caller: Caller, query: QueueQuery): Promise<QueuePage>
  list(query: GroupQuery): Promise<GroupPage>
  /** Throws `threat.missing`. */
  get(id: string): Promise<GroupDetail>
  /** Throws `threat.missing`, `threat.already_judged`, `threat.bad_until`. */
  judge(caller: Caller, id: string, said: NewDisposition): Promise<GroupDetail>
  /** Throws `threat.missing`, `threat.nothing_to_undo`. */
  undo(caller: Caller, id: string): Promise<GroupDetail>
  waiting(): Promise<number>
}

const WAITING = sql`verdict is null and suppressed is null and action in ('escalate', 'hand_over')`

export function triageDesk(parts: ThreatContext): TriageDesk {
  const { store, clock } = parts
  const db = () => store.db<ThreatTables>()
  const get = async (id: string) => detail(parts, await groupRow(parts, id))
  return {
    queue: async (caller, { network, action, level, order = 'score', offset = 0, limit = 50, today }) => {
      const by = { score: sql`score desc`, newest: sql`first_at desc`, oldest: sql`first_at` }[order]
      const conditions = [WAITING, ...equal({ network, action, level })]
      const where = sql.join(conditions, sql` and `)
      const midnight = new Date(today ?? `${clock.now().toISOString().slice(0, 10)}T00:00:00Z`)
      const { count } = await db()
        .selectFrom('threat_groups')
        .select((eb) => eb.fn.countAll<string>().as('count'))
        .where('judged_by', '=', caller.participant)
        .where('judged_at', '>=', midnight)
        .executeTakeFirstOrThrow()
      const groups = await pageOf(db(), { where, by, offset, limit })
      return { groups, total: await countOf(db(), where), judgedToday: Number(count) }
    },
    list: async ({ network, action, signature, host, judged, from, to, offset = 0, limit = 50 }) => {
      const conditions = [
        sql`true`,
        ...equal({ network, action, signature, host }),
        ...(judged ? [judged === 'yes' ? sql`verdict is not null` : sql`verdict is null`] : []),
        ...(from ? [sql`first_at >= ${new Date(from)}`] : []),
        ...(to ? [sql`first_at < ${new Date(to)}`] : []),
      ]
      const where = sql.join(conditions, sql` and `)
      const groups = await pageOf(db(), { where, by: sql`seq desc`, offset, limit })
      const counted = await countOf(db(), where, GROUPS_COUNTED + 1)
      return { groups, total: Math.min(counted, GROUPS_COUNTED), isMore: counted > GROUPS_COUNTED }
    },
    get,
    judge: async (caller, id, said) => {
      await judge(parts, { caller, id, said })
      return get(id)
    },
    undo: async (caller, id) => {
      await undo(parts, { caller, id })
      return get(id)
    },
    waiting: () => countOf(db(), WAITING),
  }
}

function equal(columns: Readonly<Record<string, string | undefined>>): RawBuilder<unknown>[] {
  return Object.entries(columns).flatMap(([name, value]) =>
    value === undefined ? [] : [sql`${sql.ref(name)} = ${value}`],
  )
}

interface Page {
  readonly where: RawBuilder<unknown>
  readonly by: RawBuilder<unknown>
  readonly offset: number
  readonly limit: number
}

/** Which groups stand on the page is read from an index; the groups themselves are large, and no others are read. */
async function pageOf(db: Database, { where, by, offset, limit }: Page): Promise<GroupView[]> {
  const { rows } = await sql<GroupRow>`select * from threat_groups where seq = any(array(
      select seq from threat_groups where ${where} order by ${by}, seq offset ${offset} limit ${limit}
    )) order by ${by}, seq`.execute(db)
  const dispositions = await standing(db, rows)
  return rows.map((row) => groupView(row, dispositions.get(row.id)))
}

/** Those that fit; where there are more than `most`, that many. */
async function countOf(db: Database, where: RawBuilder<unknown>, most?: number): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from (
    select seq from threat_groups where ${where} limit ${most ?? null}) as each`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

type DispositionRow = Selectable<ThreatTables['threat_dispositions']>
type Database = Kysely<ThreatTables>

/** The disposition that stands, by group. */
async function standing(db: Database, rows: readonly GroupRow[]): Promise<ReadonlyMap<string, DispositionRow>> {
  const judged = rows.filter(({ verdict }) => verdict !== null).map(({ id }) => id)
  if (judged.length === 0) return new Map()
  const found =
    await sql<DispositionRow>`select * from threat_dispositions where undone_at is null and group_id in (${sql.join(judged)}) order by seq`.execute(
      db,
    )
  return new Map(found.rows.map((row) => [row.group_id, row]))
}

function groupView(row: GroupRow, judged: DispositionRow | undefined): GroupView {
  const { group, decision } = JSON.parse(row.body) as GroupBody
  const { signature, level, detector, host, alerts, addresses, accounts, processes, techniques, firstAlert, first } =
    group
  const { action, score, threshold, reason, contributions, record } = decision
  return {
    ...{ id: row.id, network: row.network, signature, level, detector, host, alerts, firstAlert },
    ...{ first: new Date(row.first_at).toISOString(), last: new Date(row.last_at).toISOString() },
    ...{ addresses: [...addresses], accounts: [...accounts], processes: [...processes], techniques: [...techniques] },
    decision: {
      ...{
        action,
        score,
        reason,
        history: { ...record },
        model: row.model,
        at: storableTime(first + WATCHING.delay).toISOString(),
      },
      ...(threshold === undefined ? {} : { threshold }),
      contributions: contributions.map((each) => ({ ...each })),
      ...(row.batch === null ? {} : { record: row.batch }),
    },
    ...(judged === undefined ? {} : { disposition: dispositionView(judged) }),
    ...(row.suppressed === null
      ? {}
      : { suppressedBy: { en: `suppressed by ${row.suppressed}`, zh: `由 ${row.suppressed} 抑制` } }),
    ...(row.incident === null ? {} : { incident: row.incident }),
  }
}

function dispositionView(row: DispositionRow): DispositionView {
  return {
    ...{
      kind: row.kind as DispositionView['kind'],
      verdict: row.verdict as DispositionView['verdict'],
      reason: row.reason,
    },
    ...{ by: row.by, at: new Date(row.at).toISOString(), source: row.source as DispositionView['source'] },
    ...(row.file === null ? {} : { file: row.file }),
    ...(row.until_at === null ? {} : { until: new Date(row.until_at).toISOString() }),
  }
}

async function detail({ store }: ThreatContext, row: GroupRow): Promise<GroupDetail> {
  const db = store.db<ThreatTables>()
  const history = await db
    .selectFrom('threat_dispositions')
    .selectAll()
    .where('group_id', '=', row.id)
    .orderBy('seq', 'desc')
    .execute()
  return {
    ...groupView(
      row,
      history.find(({ undone_at }) => undone_at === null),
    ),
    similar: await similarTo(db, row),
    history: history.map((each) => ({
      ...dispositionView(each),
      ...(each.undone_by === null ? {} : { undoneBy: each.undone_by }),
      ...(each.undone_at === null ? {} : { undoneAt: new Date(each.undone_at).toISOString() }),
    })),
  }
}

/** Judged groups of the same signature, the nearest score first; `distance` is that of the scores. */
async function similarTo(db: Database, row: GroupRow): Promise<GroupDetail['similar']> {
  const found = await sql<GroupRow>`select * from threat_groups where signature = ${row.signature} and id <> ${row.id}
    and verdict is not null order by abs(score - ${row.score}) limit 3`.execute(db)
  return found.rows.map((each) => ({
    ...{ group: each.id, network: each.network, host: each.host, first: new Date(each.first_at).toISOString() },
    ...{
      verdict: each.verdict as GroupDetail['similar'][number]['verdict'],
      distance: Math.abs(each.score - row.score),
    },
  }))
}
