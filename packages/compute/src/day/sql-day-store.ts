import type { Store } from '@dengta/store'
import type { Selectable, Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { Day } from './day.ts'
import type { DayStore } from './day-store.ts'

export function sqlDayStore(store: Store): DayStore {
  const rows = () => store.db<ComputeTables>().selectFrom('compute_days').selectAll()
  return {
    add,
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && dayOf(row)
    },
    list: async () => (await rows().orderBy('seq', 'desc').execute()).map(dayOf),
  }
}

async function add(tx: Transaction<ComputeTables>, day: Day): Promise<Day> {
  const { id, snapshot, name, origin, source, slots, jobs, participants } = day
  await tx
    .insertInto('compute_days')
    .values({
      ...{ id, snapshot, name, origin, source, slots, jobs, participants },
      source_file: day.sourceFile,
      starts_at: day.startsAt,
      slot_minutes: day.slotMinutes,
      sites: JSON.stringify(day.sites),
      uploaded_by: day.uploadedBy,
      uploaded_at: day.uploadedAt,
    })
    .onConflict((conflict) => conflict.columns(['snapshot', 'starts_at']).doNothing())
    .execute()
  const known = tx.selectFrom('compute_days').selectAll().where('snapshot', '=', snapshot)
  return dayOf(await known.where('starts_at', '=', day.startsAt).executeTakeFirstOrThrow())
}

function dayOf(row: Selectable<ComputeTables['compute_days']>): Day {
  const { id, snapshot, name, source, slots, jobs, participants } = row
  return {
    ...{ id, snapshot, name, source, slots, jobs, participants },
    origin: row.origin as Day['origin'],
    sourceFile: row.source_file,
    startsAt: row.starts_at,
    slotMinutes: row.slot_minutes,
    sites: row.sites as Day['sites'],
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at,
  }
}
