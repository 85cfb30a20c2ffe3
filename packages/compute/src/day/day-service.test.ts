import { randomBytes } from 'node:crypto'
import { fixedClock, timeOrderedIds, utf8 } from '@dengta/kernel'
import { testStores } from '@dengta/store'
import { expect, test } from 'vitest'
import { OPERATOR, pieces } from '../compute-house.fixture.ts'
import { computeMigrations } from '../migrations.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Day } from './day.ts'
import { dayService } from './day-service.ts'
import { sqlDayStore } from './sql-day-store.ts'

const [stores] = testStores()

test('a day and what comes true with it are one transaction; its snapshot is read once for those who ask after each other', async () => {
  const store = await stores!.make(computeMigrations)
  const clock = fixedClock('2026-11-22T08:00:00Z')
  let fault: Error | undefined = new RangeError('killed in between')
  const days = dayService({
    ...{ store, days: sqlDayStore(store), clock, ids: timeOrderedIds(clock, randomBytes) },
    opened: async (tx) => {
      if (fault) throw fault
      await store.jobs.enqueue(tx, 'follows', {})
    },
  })
  const seen: unknown[] = []
  await store.jobs.start([{ queue: 'follows', concurrency: 1, work: async (payload) => void seen.push(payload) }])
  const upload = () => days.upload(OPERATOR, { origin: 'simulated', source: 'test' }, pieces(utf8(SAMPLE_YAML)))
  await expect(upload()).rejects.toThrow(fault)
  expect(await days.list()).toEqual([])
  fault = undefined
  expect((await upload()).name).toBe('sample-day')
  await upload()
  await store.jobs.idle()
  expect(await days.list()).toHaveLength(1)
  expect(seen).toEqual([{}, {}])
  const [{ snapshot }] = (await days.list()) as [Day]
  const read = await days.snapshot(snapshot)
  expect(read.jobs).toHaveLength(6)
  expect(await days.snapshot(snapshot)).toBe(read)
  expect((await days.snapshot(await days.keep('{"jobs": []}'))).jobs).toEqual([])
  await store.close()
})
