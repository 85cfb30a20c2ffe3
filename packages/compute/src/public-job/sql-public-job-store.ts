import type { Store } from '@dengta/store'
import { type Selectable, sql, type Transaction, type UpdateResult } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { PublicJob, PublicJobChange } from './public-job.ts'
import type { PublicJobStore } from './public-job-store.ts'

type Tx = Transaction<ComputeTables>

const OPEN = ['waiting', 'placed', 'running'] as const

const openRow = (tx: Tx, id: string) =>
  tx
    .updateTable('compute_jobs')
    .where('id', '=', id)
    .where('state', 'in', [...OPEN])

const COLUMNS = [
  ...(['seq', 'id', 'participant', 'state', 'reason', 'held_chip_hours', 'held_kwh', 'placement', 'usage'] as const),
  ...(['asked_at', 'ended_at', 'handed_at', 'started_at', 'cancel_asked_at', 'record'] as const),
] as const

const changed = ({ numUpdatedRows }: UpdateResult): boolean => numUpdatedRows > 0n

export function sqlPublicJobStore(store: Store): PublicJobStore {
  const table = () => store.db<ComputeTables>().selectFrom('compute_jobs')
  const rows = () => table().selectAll()
  const listed = () => table().select([...COLUMNS, sql<unknown>`ask - 'command'`.as('ask')])
  return {
    create,
    change: async (tx, id, from, change) => {
      const { numUpdatedRows } = await tx
        .updateTable('compute_jobs')
        .set(columnsOf(change))
        .where('id', '=', id)
        .where('state', 'in', [...from])
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    hand: async (tx, id, { placement, at }) => {
      const row = openRow(tx, id).where('state', 'in', ['waiting', 'placed'])
      const still = row.where('placement', '=', JSON.stringify(placement)).where('cancel_asked_at', 'is', null)
      return changed(await still.set({ handed_at: at }).executeTakeFirst())
    },
    changeUnhanded: async (tx, id, change) => {
      const row = openRow(tx, id).where('handed_at', 'is', null)
      return changed(await row.set(columnsOf(change)).executeTakeFirst())
    },
    askCancel: async (tx, id, { reason, at }) => {
      const set = { cancel_asked_at: at, reason: JSON.stringify(reason) }
      return changed(await openRow(tx, id).set(set).executeTakeFirst())
    },
    finish: async (tx, id, change) => {
      const row = tx.updateTable('compute_jobs').where('id', '=', id).where('usage', 'is', null)
      return changed(await row.set(columnsOf(change)).executeTakeFirst())
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && jobOf(row)
    },
    list: async (participant) => {
      const all = listed().orderBy('seq', 'desc')
      return (await (participant === undefined ? all : all.where('participant', '=', participant)).execute()).map(jobOf)
    },
    refused: async (most) => {
      const refused = listed().where('state', '=', 'refused').orderBy('ended_at', 'desc').orderBy('seq', 'desc')
      return (await refused.limit(most).execute()).map(jobOf)
    },
    ended: async (from, to) => {
      const ended = listed().where('ended_at', '>=', from).where('ended_at', '<', to)
      return (await ended.orderBy('ended_at', 'desc').orderBy('seq', 'desc').execute()).map(jobOf)
    },
    open: async () => {
      const open = rows().where('state', 'in', [...OPEN])
      return (await open.orderBy('seq').execute()).map(jobOf)
    },
  }
}

async function create(tx: Tx, job: PublicJob): Promise<void> {
  const { id, participant, state, ask, reason, held, askedAt } = job
  await tx
    .insertInto('compute_jobs')
    .values({
      ...{ id, participant, state, ask: JSON.stringify(ask), reason: JSON.stringify(reason) },
      ...{ held_chip_hours: held.chipHours, held_kwh: held.kwh, asked_at: askedAt },
    })
    .execute()
}

function columnsOf({ state, reason, usage, endedAt, placement, startedAt, record }: PublicJobChange) {
  return {
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason: JSON.stringify(reason) }),
    ...(usage !== undefined && { usage: JSON.stringify(usage) }),
    ...(endedAt !== undefined && { ended_at: endedAt }),
    ...(startedAt !== undefined && { started_at: startedAt }),
    ...(record !== undefined && { record }),
    ...(placement !== undefined && { placement: placement && JSON.stringify(placement) }),
  }
}

function jobOf(row: Selectable<ComputeTables['compute_jobs']>): PublicJob {
  const { id, participant } = row
  return {
    ...{ id, participant, askedAt: row.asked_at },
    state: row.state as PublicJob['state'],
    ask: row.ask as PublicJob['ask'],
    reason: row.reason as PublicJob['reason'],
    held: { chipHours: row.held_chip_hours, kwh: row.held_kwh },
    placement: (row.placement as PublicJob['placement'] | null) ?? undefined,
    usage: (row.usage as PublicJob['usage'] | null) ?? undefined,
    endedAt: row.ended_at ?? undefined,
    handedAt: row.handed_at ?? undefined,
    startedAt: row.started_at ?? undefined,
    cancelAskedAt: row.cancel_asked_at ?? undefined,
    record: row.record ?? undefined,
  }
}
