import { rootOfLines } from '@dengta/evidence'
import { HOUSE, hex, utf8 } from '@dengta/kernel'
import { sql, type Transaction } from 'kysely'
import { inTurns } from '../../pipeline/turns.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { decisionLine } from './decision-file.ts'
import type { GroupRow } from './group-row.ts'
import type { GroupBody } from './group-rows.ts'

const BATCH = 5000
const PIECE = 500

type UnsealedRow = Pick<GroupRow, 'id' | 'network' | 'model' | 'action' | 'first_at' | 'body'>
type Parts = Pick<ThreatContext, 'store' | 'ledger' | 'clock'>

/** Seals every decision of a flow that is not sealed yet: one record for each batch and model. Answers the records made. */
export async function sealDecisions(parts: Parts, flow: string): Promise<readonly string[]> {
  const records: string[] = []
  for (;;) {
    const rows = await unsealed(parts, flow)
    if (rows.length === 0) return records
    const record = await sealBatch(parts, flow, rows)
    if (record !== undefined) records.push(record)
  }
}

/** The oldest that are not sealed, up to one of another model; read in pieces, as nothing else of the house runs while one is taken apart. */
async function unsealed({ store }: Parts, flow: string): Promise<UnsealedRow[]> {
  const rows: UnsealedRow[] = []
  for (let after = '0'; rows.length < BATCH; ) {
    const piece = await store
      .db<ThreatTables>()
      .selectFrom('threat_groups')
      .select(['seq', 'id', 'network', 'model', 'action', 'first_at', 'body'])
      .where('flow', '=', flow)
      .where('batch', 'is', null)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(PIECE)
      .execute()
    const model = rows[0]?.model ?? piece[0]?.model
    const other = piece.findIndex((row) => row.model !== model)
    rows.push(...(other < 0 ? piece : piece.slice(0, other)))
    if (other >= 0 || piece.length < PIECE) break
    after = piece.at(-1)?.seq ?? after
  }
  return rows
}

/** Undefined where another sealing, such as that of a stop beside that of the minute, has taken any of the rows. */
async function sealBatch(
  { store, ledger, clock }: Parts,
  flow: string,
  rows: readonly UnsealedRow[],
): Promise<string | undefined> {
  const lines = await inTurns(linesOf(rows))
  const { digest: file } = await store.blobs.put(utf8(`${lines.join('\n')}\n`))
  const predicate = { ...saidOf(rows), flow, file, root: hex(rootOfLines(lines)) }
  const ids = rows.map(({ id }) => id)
  return store.transaction<ThreatTables, string | undefined>(async (tx) => {
    if (!(await areFree(tx, ids))) return undefined
    const subjects = [{ name: `decisions:${flow}`, digest: { sha256: file } }]
    const { id: record } = await ledger.append(tx, { kind: 'triage-decisions', actor: HOUSE, subjects, predicate })
    await tx
      .insertInto('threat_batches')
      .values({ record, file, flow, decisions: rows.length, sealed_at: clock.now() })
      .execute()
    await tx.updateTable('threat_groups').set({ batch: record }).where(isOneOf(ids)).execute()
    return record
  })
}

/** A line a step: 5,000 take half a second of the thread that receives events. */
function* linesOf(rows: readonly UnsealedRow[]): Generator<void, string[]> {
  const lines: string[] = []
  for (const { id, network, model, body } of rows) {
    lines.push(decisionLine(id, network, model, JSON.parse(body) as GroupBody))
    yield
  }
  return lines
}

/** Whether none of them is sealed; they are held until the transaction ends. */
async function areFree(tx: Transaction<ThreatTables>, ids: readonly string[]): Promise<boolean> {
  const free = await tx
    .selectFrom('threat_groups')
    .select('id')
    .where(isOneOf(ids))
    .where('batch', 'is', null)
    .orderBy('seq')
    .forUpdate()
    .execute()
  return free.length === ids.length
}

/** One parameter, however many there are. */
const isOneOf = (ids: readonly string[]) => sql<boolean>`id = any(${ids}::text[])`

/** What the record says of the decisions themselves. */
function saidOf(rows: readonly UnsealedRow[]) {
  const times = rows.map(({ first_at }) => first_at.getTime())
  const count = (action: string) => rows.filter((row) => row.action === action).length
  return {
    basis: [],
    model: rows[0]?.model ?? '',
    decisions: rows.length,
    actions: {
      ...{ close: count('close'), suppress: count('suppress') },
      ...{ escalate: count('escalate'), hand_over: count('hand_over') },
    },
    ...{ from: new Date(Math.min(...times)).toISOString(), to: new Date(Math.max(...times)).toISOString() },
  }
}
