import type { Store } from '@dengta/store'
import type { Selectable, Transaction } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import type { PlanChange, PlanRun } from './plan-run.ts'
import { MOST_LISTED, type PlanRunStore } from './plan-run-store.ts'

type Tx = Transaction<ComputeTables>

export function sqlPlanRunStore(store: Store): PlanRunStore {
  const rows = () => store.db<ComputeTables>().selectFrom('compute_plans').selectAll()
  return {
    create,
    change: async (tx, id, from, change) => {
      const { numUpdatedRows } = await tx
        .updateTable('compute_plans')
        .set(columnsOf(change))
        .where('id', '=', id)
        .where('state', 'in', [...from])
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && runOf(row)
    },
    list: async (day) => {
      const all = rows().orderBy('seq', 'desc').limit(MOST_LISTED)
      return (await (day === undefined ? all : all.where('day', '=', day)).execute()).map(runOf)
    },
    newestDone: async (day) => {
      const done = rows().where('day', '=', day).where('state', '=', 'done')
      const row = await done.orderBy('seq', 'desc').executeTakeFirst()
      return row && runOf(row)
    },
  }
}

async function create(tx: Tx, run: PlanRun): Promise<void> {
  const { id, day, snapshot, kind, state, effort } = run
  await tx
    .insertInto('compute_plans')
    .values({
      ...{ id, day, snapshot, kind, state },
      effort: JSON.stringify(effort),
      asked_by: run.askedBy,
      asked_at: run.askedAt,
      ...columnsOf(run),
    })
    .execute()
}

function columnsOf({ state, finishedAt, result, failure }: PlanChange) {
  return {
    ...(state !== undefined && { state }),
    ...(finishedAt !== undefined && { finished_at: finishedAt }),
    ...(result !== undefined && { result: JSON.stringify(result) }),
    ...(failure !== undefined && { failure: JSON.stringify(failure) }),
  }
}

function runOf(row: Selectable<ComputeTables['compute_plans']>): PlanRun {
  const { id, day, snapshot } = row
  return {
    ...{ id, day, snapshot },
    kind: row.kind as PlanRun['kind'],
    state: row.state as PlanRun['state'],
    effort: row.effort as PlanRun['effort'],
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    finishedAt: row.finished_at ?? undefined,
    result: (row.result as PlanRun['result'] | null) ?? undefined,
    failure: (row.failure as PlanRun['failure'] | null) ?? undefined,
  }
}
