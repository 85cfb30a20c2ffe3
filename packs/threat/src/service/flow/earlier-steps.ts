import type { Store } from '@dengta/store'
import { type Kysely, sql } from 'kysely'
import type { SinkStep, StageCheckpoint } from '../../pipeline/sink/alert-sink.ts'
import type { ThreatTables } from '../tables.ts'

// Before steps and checkpoints became files they were rows. A house from then goes on with them until its first file.

/** The last step and the checkpoint that a flow has in the database; 0 where it has none. */
export interface EarlierSteps {
  readonly last: number
  readonly checkpoint: number
}

export async function findEarlierSteps(db: Kysely<ThreatTables>, flow: string): Promise<EarlierSteps> {
  const { rows } = await sql<{ last: string; checkpoint: string }>`
    select coalesce((select max(position) from threat_steps where flow = ${flow}), 0) as last,
      coalesce((select checkpoint_at from threat_flows where name = ${flow} and checkpoint is not null), 0) as checkpoint
    `.execute(db)
  return { last: Number(rows[0]?.last), checkpoint: Number(rows[0]?.checkpoint) }
}

export async function* earlierSteps(db: Kysely<ThreatTables>, flow: string, after: number): AsyncGenerator<SinkStep> {
  for (let from = after; ; ) {
    const row = await db
      .selectFrom('threat_steps')
      .selectAll()
      .where('flow', '=', flow)
      .where('position', '>', String(from))
      .orderBy('position')
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    from = Number(row.position)
    const body = JSON.parse(row.body) as Pick<SinkStep, 'alerts' | 'findings' | 'observations'>
    yield { position: from, timeMs: Number(row.time_ms), ...body }
  }
}

export async function earlierCheckpoint(db: Kysely<ThreatTables>, flow: string): Promise<StageCheckpoint | undefined> {
  const row = await db
    .selectFrom('threat_flows')
    .select(['checkpoint_at', 'checkpoint'])
    .where('name', '=', flow)
    .executeTakeFirst()
  if (!row?.checkpoint || row.checkpoint_at === null) return undefined
  return { position: Number(row.checkpoint_at), state: new Uint8Array(row.checkpoint) }
}

/** Only once a checkpoint is in a file: it covers them. */
export async function dropEarlierSteps(store: Store, flow: string): Promise<void> {
  await store.transaction<ThreatTables, void>(async (tx) => {
    await tx.deleteFrom('threat_steps').where('flow', '=', flow).execute()
    await tx
      .updateTable('threat_flows')
      .set({ checkpoint: null, checkpoint_at: null })
      .where('name', '=', flow)
      .execute()
  })
}
