import type { Store } from '@dengta/store'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { ComputeTables } from '../tables.ts'
import { type Account, EMPTY_ACCOUNT, type Quota } from './quota.ts'
import type { QuotaStore } from './quota-store.ts'

export function sqlQuotaStore(store: Store): QuotaStore {
  const db = () => store.db<ComputeTables>()
  return {
    grant: async (tx, { participant, share, chipHours, kwh, sites, grantedAt }) => {
      const values = {
        share,
        kwh,
        chip_hours: chipHours,
        granted_at: grantedAt,
        sites: sites ? JSON.stringify(sites) : null,
      }
      const row = tx.insertInto('compute_quotas').values({ participant, ...values })
      await row.onConflict((conflict) => conflict.column('participant').doUpdateSet(values)).execute()
    },
    lock: async (tx, participant) => {
      const rows = tx.selectFrom('compute_quotas').selectAll().where('participant', '=', participant)
      const row = await rows.forUpdate().executeTakeFirst()
      return row && quotaOf(row)
    },
    account: async (tx, participant) => (await accounts(tx, participant)).get(participant) ?? EMPTY_ACCOUNT,
    list: async () =>
      (await db().selectFrom('compute_quotas').selectAll().orderBy('participant').execute()).map(quotaOf),
    accounts: () => accounts(db()),
  }
}

/** Open jobs hold what they may take at most; ended ones have used what was counted, if they ended since the grant. */
async function accounts(db: Kysely<ComputeTables>, only?: string): Promise<ReadonlyMap<string, Account>> {
  const number = (text: string) => sql<number>`coalesce(${sql.raw(text)}, 0)::double precision`
  const open = `filter (where j.state in ('waiting', 'placed', 'running'))`
  const since = 'filter (where j.ended_at >= q.granted_at)'
  const rows = db
    .selectFrom('compute_quotas as q')
    .leftJoin('compute_jobs as j', 'j.participant', 'q.participant')
    .select([
      'q.participant',
      number(`sum(j.held_chip_hours) ${open}`).as('held_chip_hours'),
      number(`sum(j.held_kwh) ${open}`).as('held_kwh'),
      number(`sum((j.usage ->> 'chipHours')::double precision) ${since}`).as('used_chip_hours'),
      number(`sum((j.usage ->> 'kwh')::double precision) ${since}`).as('used_kwh'),
    ])
    .groupBy('q.participant')
  const found = await (only === undefined ? rows : rows.where('q.participant', '=', only)).execute()
  return new Map(
    found.map((row) => [
      row.participant,
      {
        held: { chipHours: row.held_chip_hours, kwh: row.held_kwh },
        used: { chipHours: row.used_chip_hours, kwh: row.used_kwh },
      },
    ]),
  )
}

function quotaOf(row: Selectable<ComputeTables['compute_quotas']>): Quota {
  const { participant, share, chip_hours, kwh, sites, granted_at } = row
  const allowed = (sites as string[] | null) ?? undefined
  return { participant, share, chipHours: chip_hours, kwh, sites: allowed, grantedAt: granted_at }
}
