import { type Store, testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { threatMigrations } from '../migrations.ts'
import type { ThreatTables } from '../tables.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { keptAlerts } from './alert-ring.ts'
import { RING_SLOTS } from './alert-ring-migration.ts'
import { addAlerts } from './alert-rows.ts'

const FULL = 50

for (const { name, make } of testStores()) {
  describe(`the ring of alerts, ${name}`, () => {
    let store: Store
    let next = 0
    beforeAll(async () => {
      store = await make(threatMigrations)
    })
    afterAll(() => store.close())
    const db = () => store.db<ThreatTables>()
    const alerts = (count: number): PipelineAlert[] =>
      Array.from({ length: count }, () => {
        next += 1
        return alertOf(0, { id: `alert-${next}`, receivedMs: next * 1000 })
      })
    const add = (some: readonly PipelineAlert[]) =>
      store.transaction<ThreatTables, void>((tx) => addAlerts(tx, 'live', some, FULL))
    const stored = async () =>
      (await db().selectFrom('threat_alerts').select('id').orderBy('seq').execute()).map(({ id }) => id)
    const newest = (count: number) => Array.from({ length: count }, (_, at) => `alert-${next - count + 1 + at}`)

    test('alerts are counted as they are stored; what is there already, and a step that failed, count nothing', async () => {
      expect(await keptAlerts(db())).toEqual({ alerts: 0, since: null })
      const some = alerts(40)
      await add(some)
      await add(some)
      const failed = store.transaction<ThreatTables, void>(async (tx) => {
        await addAlerts(tx, 'live', alerts(60), FULL)
        throw new Error('the step failed')
      })
      await expect(failed).rejects.toThrow('the step failed')
      expect(await keptAlerts(db())).toEqual({ alerts: 40, since: new Date(1000) })
      expect(await stored()).toEqual(some.map(({ id }) => id))
    })

    test('when the ring is full the oldest part is emptied: the newest stay, in their order', async () => {
      next = 0
      await sql`delete from threat_alerts`.execute(db())
      await sql`update threat_alert_slots set alerts = 0, since = null`.execute(db())
      for (let round = 0; round < 3 * RING_SLOTS; round += 1) {
        await add(alerts(FULL))
        const count = Math.min(next, (RING_SLOTS - 1) * FULL)
        expect(await keptAlerts(db())).toEqual({ alerts: count, since: new Date((next - count + 1) * 1000) })
      }
      expect(await stored()).toEqual(newest((RING_SLOTS - 1) * FULL))
    })

    // PGlite's one connection has no other beside it
    const beside = test.runIf(name === 'PostgreSQL')
    beside(
      'a part that somebody reads is not waited for: the full one grows on, and the next step tries again',
      async () => {
        const { slot } = await db()
          .selectFrom('threat_alert_slots')
          .select('slot')
          .orderBy('turn')
          .executeTakeFirstOrThrow()
        const before = await keptAlerts(db())
        const reading = await db().startTransaction().execute()
        await sql`select count(*) from ${sql.table(`threat_alerts_${slot}`)}`.execute(reading)
        await add(alerts(FULL))
        expect((await keptAlerts(db())).alerts).toBe(before.alerts + FULL)
        await reading.rollback().execute()
        await add(alerts(1))
        expect((await keptAlerts(db())).alerts).toBeLessThanOrEqual(before.alerts + FULL + 1)
        expect((await stored()).slice(-3)).toEqual(newest(3))
      },
    )
  })

  test(`a house of before keeps its alerts, and its numbers go on, ${name}`, async () => {
    const at = threatMigrations.findIndex(({ id }) => id === 'threat/011-alert-ring')
    const store = await make(threatMigrations.slice(0, at))
    const { db } = { db: store.db<ThreatTables>() }
    await sql`insert into threat_credits values ('d', '{}')`.execute(db)
    await sql`insert into threat_alerts (id, flow, event_at, received_at, rule, title, level, detector, host, stream, line,
      credit, found, event, event_size) select 'old-' || n, 'live', now(), to_timestamp(n), 'r', 't', 'high', 'sigma', 'h',
      's', n, 'd', '{}', null, 2 from generate_series(1, 120) as n`.execute(db)
    await sql.raw(threatMigrations[at]!.sql).execute(db)
    expect(await keptAlerts(db)).toEqual({ alerts: 120, since: new Date(1000) })
    await store.transaction<ThreatTables, void>((tx) => addAlerts(tx, 'live', [alertOf(1, { id: 'new' })], FULL))
    const rows = await db
      .selectFrom('threat_alerts')
      .select(['seq', 'id', 'slot'])
      .orderBy('seq', 'desc')
      .limit(2)
      .execute()
    expect(rows).toEqual([
      { seq: '121', id: 'new', slot: 0 },
      { seq: '120', id: 'old-120', slot: 0 },
    ])
    await store.close()
  })
}
