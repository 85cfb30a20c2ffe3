import type { ReplayView } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import type { NetworkSource } from './networks.ts'
import type { EventsThrough } from './replay-events.ts'

/** A replay as it is kept: what is shown, and what its work needs after a crash. */
export interface ReplayRow {
  readonly view: ReplayView
  readonly kind: NetworkSource['kind']
  readonly events: boolean
  /** Absent: it goes on. */
  readonly afterRestart?: 'resume' | 'cancel'
  readonly model?: string
  /** Set once the events are in, before their flow is concluded. */
  readonly through?: EventsThrough
  /** Set once that is done. */
  readonly detected?: { readonly events: number; readonly alerts: number }
}

export interface ReplayStore {
  create(tx: Transaction<ThreatTables>, row: ReplayRow): Promise<void>
  save(row: ReplayRow): Promise<void>
  find(id: string): Promise<ReplayRow | undefined>
  /** Newest first. */
  list(): Promise<readonly ReplayRow[]>
}

const KEPT = 50

export function sqlReplayStore(store: Store): ReplayStore {
  const db = () => store.db<ThreatTables>()
  return {
    create: async (tx, row) => {
      const { id, state } = row.view
      await tx
        .insertInto('threat_replays')
        .values({ id, state, body: JSON.stringify(row) })
        .execute()
    },
    save: async (row) => {
      const { id, state } = row.view
      await db()
        .updateTable('threat_replays')
        .set({ state, body: JSON.stringify(row) })
        .where('id', '=', id)
        .execute()
    },
    find: async (id) => {
      const row = await db().selectFrom('threat_replays').select('body').where('id', '=', id).executeTakeFirst()
      return row && (JSON.parse(row.body) as ReplayRow)
    },
    list: async () => {
      const rows = await db().selectFrom('threat_replays').select('body').orderBy('seq', 'desc').limit(KEPT).execute()
      return rows.map(({ body }) => JSON.parse(body) as ReplayRow)
    },
  }
}

/** A replay that ends before its time; what it has stored stays. */
export function cancelled(row: ReplayRow, stoppedBy: string, at: Date): ReplayRow {
  return { ...row, view: { ...row.view, state: 'cancelled', stoppedBy, finishedAt: at.toISOString() } }
}
