import type { Store } from '@dengta/store'
import type { Selectable } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { GridEventRow } from './grid-event.ts'
import type { GridEventStore } from './grid-event-store.ts'

export function sqlGridEventStore(store: Store): GridEventStore {
  const rows = () => store.db<ComputeTables>().selectFrom('compute_events').selectAll()
  return {
    create: async (tx, { id, plan, state, request, from, to, announcedBy, announcedAt, promise, record }) => {
      const json = { request: JSON.stringify(request), promise: JSON.stringify(promise) }
      const who = { announced_by: announcedBy, announced_at: announcedAt }
      const times = { from_at: from, to_at: to }
      await tx
        .insertInto('compute_events')
        .values({ id, plan, state, record, ...json, ...who, ...times })
        .execute()
    },
    settle: async (tx, id, settlement) => {
      const { numUpdatedRows } = await tx
        .updateTable('compute_events')
        .set({ state: 'settled', settlement: JSON.stringify(settlement) })
        .where('id', '=', id)
        .where('state', '=', 'announced')
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && eventOf(row)
    },
    list: async () => (await rows().orderBy('seq', 'desc').execute()).map(eventOf),
    notOver: async (now) => (await rows().where('to_at', '>', now).orderBy('seq', 'desc').execute()).map(eventOf),
  }
}

function eventOf(row: Selectable<ComputeTables['compute_events']>): GridEventRow {
  const { id, plan, record } = row
  return {
    ...{ id, plan, record, from: row.from_at, to: row.to_at },
    state: row.state as GridEventRow['state'],
    request: row.request as GridEventRow['request'],
    announcedBy: row.announced_by,
    announcedAt: row.announced_at,
    promise: row.promise as GridEventRow['promise'],
    settlement: (row.settlement as GridEventRow['settlement'] | null) ?? undefined,
  }
}
