import type { Store } from '@dengta/store'
import type { Selectable } from 'kysely'
import { portfolioErrors } from '../errors.ts'
import type { PortfolioTables } from '../tables.ts'
import type { ScenarioRow, ScenarioStore } from './scenario-store.ts'

export function sqlScenarioStore(store: Store): ScenarioStore {
  const rows = () => store.db<PortfolioTables>().selectFrom('scenarios').selectAll()
  return {
    lock: async (tx, id) => {
      const row = await tx.selectFrom('scenarios').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
      return row && rowOf(row)
    },
    put: async (tx, { id, owner, record, statedAt }) => {
      const values = { id, owner, record, stated_at: statedAt }
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('scenarios')
        .values(values)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values).where('scenarios.owner', '=', owner))
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) throw portfolioErrors.scenario_taken({ id })
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && rowOf(row)
    },
    list: async () => (await rows().orderBy('id').execute()).map(rowOf),
  }
}

function rowOf({ id, owner, record, stated_at }: Selectable<PortfolioTables['scenarios']>): ScenarioRow {
  return { id, owner, record, statedAt: stated_at }
}
