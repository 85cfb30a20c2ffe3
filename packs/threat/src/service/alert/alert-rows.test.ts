import { type Store, testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { threatMigrations } from '../migrations.ts'
import type { ThreatTables } from '../tables.ts'
import { alertOf } from '../threat-house.fixture.ts'
import { addAlerts } from './alert-rows.ts'

for (const { name, make } of testStores()) {
  describe(`alerts as rows, ${name}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await make(threatMigrations)
    })
    afterAll(() => store.close())
    const add = (alerts: readonly PipelineAlert[]) =>
      store.transaction<ThreatTables, void>((tx) => addAlerts(tx, 'live', alerts))
    const stored = (id: string) =>
      store.db<ThreatTables>().selectFrom('threat_alerts').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

    test('what attackers write is stored as it came, or as U+FFFD where PostgreSQL or the way there cannot hold it', async () => {
      const event = { text: '\u0000 \u001E \u001F " \\ \uD800 灯塔\n', empty: '', nothing: null }
      const host = 'a\u001Eb\u001Fc\u0000d,{"\\}'
      const file = ''
      await add([alertOf(1, { id: 'hostile', event, host, file, entities: { addresses: [] } })])
      await add([alertOf(2, { id: 'named', event, file, entities: { host, addresses: [] } })])
      const row = await stored('hostile')
      expect(JSON.parse(row.event ?? '')).toEqual(event)
      expect([row.stream, row.host, row.line, row.event_size]).toEqual(['', '', '2', JSON.stringify(event).length])
      expect((await stored('named')).host).toBe('a\uFFFDb\uFFFDc\uFFFDd,{"\\}')
    })

    test('an event that is too large is not kept, its size is; numbers of lines stay exact', async () => {
      await add([alertOf(1, { id: 'large', event: { text: 'x'.repeat(17_000) }, line: Number.MAX_SAFE_INTEGER })])
      const row = await stored('large')
      expect([row.event, row.event_size, row.line]).toEqual([null, 17_011, String(Number.MAX_SAFE_INTEGER)])
    })

    test('rules of one id and different content have credits of their own', async () => {
      const { rule } = alertOf(1)
      const changed = { ...rule, author: 'B. Author' }
      await add([
        alertOf(1, { id: 'c1', rule }),
        alertOf(1, { id: 'c2', rule: changed }),
        alertOf(1, { id: 'c3', rule }),
      ])
      const [one, two, three] = [await stored('c1'), await stored('c2'), await stored('c3')]
      expect(one.credit).toBe(three.credit)
      expect(one.credit).not.toBe(two.credit)
      const credits = await store.db<ThreatTables>().selectFrom('threat_credits').selectAll().execute()
      const authorOf = (digest: string) => JSON.parse(credits.find((each) => each.digest === digest)!.body).author
      expect([authorOf(one.credit), authorOf(two.credit)]).toEqual(['A. Author', 'B. Author'])
    })

    test('a rule that says too much, or half a surrogate pair, of itself stops nothing and stays readable', async () => {
      const rule = {
        ...alertOf(1).rule,
        title: 'half \uD800',
        author: 'A'.repeat(30_000),
        tags: Array(9000).fill('a.b'),
      }
      await add([alertOf(1, { id: 'long', rule })])
      const { credit } = await stored('long')
      const db = store.db<ThreatTables>()
      const row = await db.selectFrom('threat_credits').select('body').where('digest', '=', credit).executeTakeFirst()
      const { title, author, tags } = JSON.parse(row!.body)
      expect([title, author.length, tags.length]).toEqual(['half \uFFFD', 2000, 100])
    })

    test('many in one step keep their order; stored again they change nothing but the hits', async () => {
      const rule = { ...alertOf(1).rule, id: 'many' }
      const many = Array.from({ length: 1001 }, (_, at) => alertOf(at, { id: `many-${at}`, rule }))
      await add(many)
      await add(many.slice(0, 10))
      const db = store.db<ThreatTables>()
      const rows = await db.selectFrom('threat_alerts').select('id').where('rule', '=', 'many').orderBy('seq').execute()
      expect(rows.map(({ id }) => id)).toEqual(many.map(({ id }) => id))
      const hits = await db.selectFrom('threat_hits').selectAll().where('rule', '=', 'many').orderBy('day').execute()
      expect(hits.map(({ day, alerts }) => [day, alerts])).toEqual([['2026-11-22', 1011]])
    })

    test('long ids of rules that are stored as one count together', async () => {
      const long = 'x'.repeat(2000)
      const [one, two] = ['1', '2'].map((end) => ({ ...alertOf(1).rule, id: `${long}${end}` }))
      await add([alertOf(1, { id: 'l1', rule: one! }), alertOf(2, { id: 'l2', rule: two! })])
      const { rule } = await stored('l1')
      const hits = await store
        .db<ThreatTables>()
        .selectFrom('threat_hits')
        .selectAll()
        .where('rule', '=', rule)
        .execute()
      expect(hits.map(({ alerts }) => alerts)).toEqual([2])
    })
  })
}
