import { randomBytes } from 'node:crypto'
import { fixedClock, timeOrderedIds, utf8 } from '@dengta/kernel'
import { type Store, testStores } from '@dengta/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPERATOR, pieces } from '../compute-house.fixture.ts'
import { computeMigrations } from '../migrations.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Day } from './day.ts'
import { type DayService, dayService } from './day-service.ts'
import { sqlDayStore } from './sql-day-store.ts'

const [stores] = testStores()
let store: Store
let days: DayService
let fault: Error | undefined
beforeAll(async () => {
  store = await stores!.make(computeMigrations)
  const clock = fixedClock('2026-11-22T08:00:00Z')
  days = dayService({
    ...{ store, days: sqlDayStore(store), clock, ids: timeOrderedIds(clock, randomBytes) },
    opened: async (tx) => {
      if (fault) throw fault
      await store.jobs.enqueue(tx, 'follows', {})
    },
  })
})
afterAll(() => store.close())
const upload = (origin: Day['origin'] = 'simulated') =>
  days.upload(OPERATOR, { origin, source: 'test' }, pieces(utf8(SAMPLE_YAML)))

test('a day and what comes true with it are one transaction: none without the other', async () => {
  const seen: unknown[] = []
  await store.jobs.start([{ queue: 'follows', concurrency: 1, work: async (payload) => void seen.push(payload) }])
  fault = new RangeError('killed in between')
  await expect(upload()).rejects.toThrow(fault)
  expect(await days.list()).toEqual([])
  fault = undefined
  expect((await upload()).name).toBe('sample-day')
  await upload()
  await store.jobs.idle()
  expect(await days.list()).toHaveLength(1)
  expect(seen).toEqual([{}, {}])
})

test('a day that is here already is not taken for one of another origin, which signed records would then state', async () => {
  const { id } = await upload()
  await expect(upload('real')).rejects.toMatchObject({
    code: 'day.other_origin',
    text: { zh: expect.stringMatching(/^该排程日已存在（day_\w+），数据来源为模拟；.*如需标为真实，/) },
  })
  expect(await days.get(id)).toMatchObject({ origin: 'simulated' })
})

test('a snapshot is read once for those who ask for it after each other', async () => {
  const { snapshot } = await upload()
  const read = await days.snapshot(snapshot)
  expect(read.jobs).toHaveLength(6)
  expect(await days.snapshot(snapshot)).toBe(read)
  expect((await days.snapshot(await days.keep('{"jobs": []}'))).jobs).toEqual([])
})
