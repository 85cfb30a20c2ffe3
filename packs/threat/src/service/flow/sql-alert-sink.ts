import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import type { AlertSink, SinkStep, StageCheckpoint } from '../../pipeline/sink/alert-sink.ts'
import type { ThreatTables } from '../tables.ts'

export interface SqlAlertSinkOptions {
  /** Name of the flow: each has its own position, steps and checkpoint. */
  readonly flow: string
  /** Writes what a step means (alerts, groups, incidents) in the same transaction. */
  readonly project?: (tx: Transaction<ThreatTables>, step: SinkStep) => Promise<void>
}

/**
 * Alerts in the database of the house. Position, step and all rows made of it are one transaction, guarded by the position:
 * exactly once. Steps are kept whole until a checkpoint of the stages covers them.
 */
export class SqlAlertSink implements AlertSink {
  readonly #store: Store
  readonly #options: SqlAlertSinkOptions
  #position: number

  private constructor(store: Store, options: SqlAlertSinkOptions, position: number) {
    this.#store = store
    this.#options = options
    this.#position = position
  }

  static async open(store: Store, options: SqlAlertSinkOptions): Promise<SqlAlertSink> {
    const db = store.db<ThreatTables>()
    const name = options.flow
    await db
      .insertInto('threat_flows')
      .values({ name, position: '0' })
      .onConflict((on) => on.doNothing())
      .execute()
    const { position } = await db
      .selectFrom('threat_flows')
      .select('position')
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return new SqlAlertSink(store, options, Number(position))
  }

  get position(): number {
    return this.#position
  }

  async append(step: SinkStep): Promise<void> {
    if (step.position <= this.#position) return
    const { flow, project } = this.#options
    await this.#store.transaction<ThreatTables, void>(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('threat_flows')
        .set({ position: String(step.position) })
        .where('name', '=', flow)
        .where('position', '<', String(step.position))
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return
      const { position, timeMs, alerts, findings, observations = [] } = step
      const row = {
        flow,
        position: String(position),
        time_ms: String(Math.trunc(timeMs)),
        body: JSON.stringify({ alerts, findings, ...(observations.length > 0 && { observations }) }),
      }
      await tx.insertInto('threat_steps').values(row).execute()
      await project?.(tx, step)
    })
    this.#position = step.position
  }

  async *replay(after: number): AsyncGenerator<SinkStep> {
    const db = this.#store.db<ThreatTables>()
    for (let from = after; ; ) {
      const row = await db
        .selectFrom('threat_steps')
        .selectAll()
        .where('flow', '=', this.#options.flow)
        .where('position', '>', String(from))
        .orderBy('position')
        .limit(1)
        .executeTakeFirst()
      if (!row) return
      from = Number(row.position)
      yield {
        position: from,
        timeMs: Number(row.time_ms),
        ...(JSON.parse(row.body) as Pick<SinkStep, 'alerts' | 'findings' | 'observations'>),
      }
    }
  }

  async saveCheckpoint({ position, state }: Parameters<AlertSink['saveCheckpoint']>[0]): Promise<void> {
    const { flow } = this.#options
    await this.#store.transaction<ThreatTables, void>(async (tx) => {
      const bytes = Buffer.concat(state)
      await tx
        .updateTable('threat_flows')
        .set({ checkpoint_at: String(position), checkpoint: bytes })
        .where('name', '=', flow)
        .execute()
      await tx.deleteFrom('threat_steps').where('flow', '=', flow).where('position', '<=', String(position)).execute()
    })
  }

  async loadCheckpoint(): Promise<StageCheckpoint | undefined> {
    const row = await this.#store
      .db<ThreatTables>()
      .selectFrom('threat_flows')
      .select(['checkpoint_at', 'checkpoint'])
      .where('name', '=', this.#options.flow)
      .executeTakeFirst()
    if (!row?.checkpoint || row.checkpoint_at === null) return undefined
    return { position: Number(row.checkpoint_at), state: new Uint8Array(row.checkpoint) }
  }

  /** The store stays open: it is the house's. */
  async close(): Promise<void> {}
}
