import { isDeepStrictEqual } from 'node:util'
import {
  type Checkpoint,
  type Envelope,
  kindOf,
  type LoggedRecord,
  type NodeAt,
  predicateOf,
  type RecordKind,
  recordIdOf,
  type Statement,
  type StoredNode,
} from '@dengta/evidence'
import { fromBase64, fromUtf8, type SignatureAlgorithm } from '@dengta/kernel'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { RecordFilter } from '../ledger.ts'
import type { LogTables } from './tables.ts'

export type StoredHead = Pick<Checkpoint, 'size' | 'root'> & { readonly checkpoint: string }

type Database = Kysely<LogTables>

/** Writes the head of an empty log, unless there is a head. */
export async function createHead(db: Database, head: StoredHead): Promise<void> {
  await db
    .insertInto('log_head')
    .values({ one: true, ...head })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function readHead(db: Database): Promise<StoredHead | undefined> {
  return headOf(await db.selectFrom('log_head').selectAll().executeTakeFirst())
}

/** One appender at a time: the row stays locked until the caller's transaction ends. */
export async function lockHead(tx: Transaction<LogTables>): Promise<StoredHead> {
  return headOf(await tx.selectFrom('log_head').selectAll().forUpdate().executeTakeFirstOrThrow())
}

function headOf<Row extends Selectable<LogTables['log_head']> | undefined>(
  row: Row,
): Row extends undefined ? undefined : StoredHead
function headOf(row: Selectable<LogTables['log_head']> | undefined): StoredHead | undefined {
  return row && { size: Number(row.size), root: new Uint8Array(row.root), checkpoint: row.checkpoint }
}

export async function writeHead(tx: Transaction<LogTables>, head: StoredHead): Promise<void> {
  await tx.updateTable('log_head').set(head).execute()
}

export async function insertRecord(tx: Transaction<LogTables>, record: LoggedRecord): Promise<void> {
  await tx
    .insertInto('log_records')
    .values({
      idx: record.index,
      ...foundBy(record),
      envelope: JSON.stringify(record.envelope),
      key_algorithm: record.key.algorithm,
      key_spki: record.key.spki,
    })
    .execute()
}

/** The columns by which a record is found: all of them follow from its envelope. */
function foundBy({ id, kind, statement }: Pick<LoggedRecord, 'id' | 'kind' | 'statement'>) {
  const { actor, scenario, basis } = statement.predicate
  const introduces = predicateOf(statement, 'participant')?.participant ?? null
  return { id, kind, actor, scenario: scenario ?? null, basis: [...basis], introduces }
}

export async function insertNodes(tx: Transaction<LogTables>, nodes: readonly StoredNode[]): Promise<void> {
  await tx
    .insertInto('log_nodes')
    .values(nodes.map(({ level, index, hash }) => ({ level, idx: index, hash })))
    .execute()
}

/** The stored ones among the nodes asked for, in no order. */
export async function readNodes(db: Database, nodes: readonly NodeAt[]): Promise<readonly StoredNode[]> {
  if (nodes.length === 0) return []
  const levels = nodes.map((node) => node.level)
  const indexes = nodes.map((node) => node.index)
  const { rows } = await sql<{ level: number; idx: string; hash: Uint8Array }>`
    select level, idx, hash from log_nodes
    join unnest(${levels}::smallint[], ${indexes}::bigint[]) as wanted (level, idx) using (level, idx)`.execute(db)
  return rows.map(({ level, idx, hash }) => ({ level, index: Number(idx), hash }))
}

export async function countRows(db: Database, table: 'log_records' | 'log_nodes'): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((of) => of.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function presentIds(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('log_records')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map((row) => row.id))
}

export async function readRecords(db: Database, filter: RecordFilter): Promise<readonly LoggedRecord[]> {
  return (await recordRows(db, filter).execute()).map(recordOf)
}

function recordRows(db: Database, filter: RecordFilter) {
  let query = db.selectFrom('log_records').selectAll().orderBy('idx')
  if (filter.scenario !== undefined) query = query.where('scenario', '=', filter.scenario)
  if (filter.kinds !== undefined) query = query.where('kind', 'in', [...filter.kinds])
  if (filter.basis !== undefined) query = query.where('basis', '@>', sql<string[]>`array[${filter.basis}]`)
  if (filter.from !== undefined) query = query.where('idx', '>=', String(filter.from))
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return query
}

/** A page of the log; `isFound` is false where a column says other than the envelope, so that the record is not found by what it says. */
export async function readFiled(
  db: Database,
  page: { readonly from: number; readonly limit: number },
): Promise<readonly { readonly record: LoggedRecord; readonly isFound: boolean }[]> {
  const rows = await recordRows(db, page).execute()
  return rows.map((row) => {
    const record = recordOf(row)
    const { envelope, statement } = record
    const { id, kind, actor, scenario, basis, introduces } = row
    const said = foundBy({ id: recordIdOf(envelope), kind: kindOf(statement), statement })
    return { record, isFound: isDeepStrictEqual(said, { id, kind, actor, scenario, basis, introduces }) }
  })
}

export async function countRecords(db: Database): Promise<ReadonlyMap<RecordKind, number>> {
  const count = sql<number>`count(*)::int`.as('count')
  const rows = await db.selectFrom('log_records').select(['kind', count]).groupBy('kind').execute()
  return new Map(rows.map((row) => [row.kind as RecordKind, row.count]))
}

export async function readRecordsById(db: Database, ids: readonly string[]): Promise<readonly LoggedRecord[]> {
  const wanted = sql<string>`any(${[...ids]}::text[])`
  return (await db.selectFrom('log_records').selectAll().where('id', '=', wanted).orderBy('idx').execute()).map(
    recordOf,
  )
}

/** The records that state the keys of these participants. */
export async function readIntroductions(
  db: Database,
  participants: readonly string[],
): Promise<readonly LoggedRecord[]> {
  const query = db
    .selectFrom('log_records')
    .selectAll()
    .where('introduces', 'in', [...participants])
  return (await query.execute()).map(recordOf)
}

function recordOf(row: Selectable<LogTables['log_records']>): LoggedRecord {
  const envelope = JSON.parse(row.envelope) as Envelope
  return {
    id: row.id,
    index: Number(row.idx),
    kind: row.kind as RecordKind,
    envelope,
    key: { algorithm: row.key_algorithm as SignatureAlgorithm, spki: row.key_spki },
    statement: JSON.parse(fromUtf8(fromBase64(envelope.payload))) as Statement,
  }
}
