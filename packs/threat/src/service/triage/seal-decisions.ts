import { rootOfLines } from '@dengta/evidence'
import { HOUSE, hex, utf8 } from '@dengta/kernel'
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
    records.push(await sealBatch(parts, flow, rows))
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

async function sealBatch({ store, ledger, clock }: Parts, flow: string, rows: readonly GroupRow[]): Promise<string> {
  const lines = rows.map((row) => decisionLine(row.id, row.network, row.model, JSON.parse(row.body) as GroupBody))
  const { digest: file } = await store.blobs.put(utf8(`${lines.join('\n')}\n`))
  const times = rows.map(({ first_at }) => first_at.getTime())
  const count = (action: string) => rows.filter((row) => row.action === action).length
  const actions = {
    close: count('close'),
    suppress: count('suppress'),
    escalate: count('escalate'),
    hand_over: count('hand_over'),
  }
  return store.transaction<ThreatTables, string>(async (tx) => {
    const { id: record } = await ledger.append(tx, {
      ...{
        kind: 'triage-decisions',
        actor: HOUSE,
        subjects: [{ name: `decisions:${flow}`, digest: { sha256: file } }],
      },
      predicate: {
        ...{
          basis: [],
          flow,
          model: rows[0]?.model ?? '',
          decisions: rows.length,
          actions,
          file,
          root: hex(rootOfLines(lines)),
        },
        ...{ from: new Date(Math.min(...times)).toISOString(), to: new Date(Math.max(...times)).toISOString() },
      },
    })
    await tx
      .insertInto('threat_batches')
      .values({ record, file, flow, decisions: rows.length, sealed_at: clock.now() })
      .execute()
    const ids = rows.map(({ id }) => id)
    await tx.updateTable('threat_groups').set({ batch: record }).where('id', 'in', ids).execute()
    return record
  })
}
