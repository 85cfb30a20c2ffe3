import type { Store } from '@dengta/store'
import { type MeterSeries, MINUTE } from '../settlement/meter.ts'
import type { ComputeTables } from '../tables.ts'
import type { PowerMinute } from './power-minutes.ts'
import type { PowerStore } from './power-store.ts'

const KEPT_MS = 62 * 24 * 60 * MINUTE

export function sqlPowerStore(store: Store): PowerStore {
  return {
    add: async (minutes) => {
      const [first] = minutes
      if (!first) return
      await store.transaction<ComputeTables, void>(async (tx) => {
        const rows = minutes.map(rowOf)
        await tx
          .insertInto('compute_power')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['site', 'minute']).doNothing())
          .execute()
        await tx
          .deleteFrom('compute_power')
          .where('minute', '<', new Date(first.minute - KEPT_MS))
          .execute()
      })
    },
    read: async (from, to) => {
      const rows = await store
        .db<ComputeTables>()
        .selectFrom('compute_power')
        .selectAll()
        .where('minute', '>=', new Date(from))
        .where('minute', '<', new Date(to))
        .execute()
      const series = new Map<string, Float64Array>()
      for (const { site, minute, kw } of rows) {
        const known = series.get(site) ?? new Float64Array((to - from) / MINUTE).fill(Number.NaN)
        known[(minute.getTime() - from) / MINUTE] = kw
        series.set(site, known)
      }
      return [...series].map(([site, kw]): MeterSeries => ({ site, startsAt: from, kw }))
    },
  }
}

const rowOf = ({ site, minute, kw, limitKw }: PowerMinute) => ({
  ...{ site, minute: new Date(minute), kw, limit_kw: limitKw },
})
