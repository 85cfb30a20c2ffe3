import { rootOfLines } from '@dengta/evidence'
import { HOUSE, hex, utf8 } from '@dengta/kernel'
import type { Transaction } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { decisionLine } from './decision-file.ts'
import type { GroupRow } from './group-row.ts'
import type { GroupBody } from './group-rows.ts'

const BATCH = 5000

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

async function unsealed({ store }: Parts, flow: string): Promise<GroupRow[]> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .selectAll()
    .where('flow', '=', flow)
    .where('batch', 'is', null)
    .orderBy('seq')
    .limit(BATCH)
    .execute()
  return rows.filter(({ model }) => model === rows[0]?.model)
}

/** Undefined where another sealing, such as that of a stop beside that of the minute, has taken any of the rows. */
async function sealBatch(
  { store, ledger, clock }: Parts,
  flow: string,
  rows: readonly GroupRow[],
): Promise<string | undefined> {
  const lines = rows.map((row) => decisionLine(row.id, row.network, row.model, JSON.parse(row.body) as GroupBody))
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
    await tx.updateTable('threat_groups').set({ batch: record }).where('id', 'in', ids).execute()
    return record
  })
}

/** Whether none of them is sealed; they are held until the transaction ends. */
async function areFree(tx: Transaction<ThreatTables>, ids: readonly string[]): Promise<boolean> {
  const free = await tx
    .selectFrom('threat_groups')
    .select('id')
    .where('id', 'in', ids)
    .where('batch', 'is', null)
    .orderBy('seq')
    .forUpdate()
    .execute()
  return free.length === ids.length
}

/** What the record says of the decisions themselves. */
function saidOf(rows: readonly GroupRow[]) {
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
