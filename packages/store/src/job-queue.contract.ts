import { setTimeout as sleep } from 'node:timers/promises'
import { defineErrors, type Job } from '@dengta/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from './store.ts'
import type { TestStores } from './testing.ts'

const errors = defineErrors('test', { no: { kind: 'unavailable', en: 'no', zh: '不行' } })

const job = (queue: string, work: Job['work'], concurrency = 1): Job => ({ queue, concurrency, work })
const enqueue = (store: Store, queue: string, ...payloads: object[]) =>
  store.transaction(async (tx) => {
    for (const payload of payloads) await store.jobs.enqueue(tx, queue, payload)
  })

/** What a kill leaves behind: a claimed row. */
const markRunning = (store: Store) => sql`update house_jobs set state = 'running'`.execute(store.db())

/** Every engine's queue keeps these promises. */
export function jobQueueContract({ make }: TestStores): void {
  const withStore = (work: (store: Store, lines: string[]) => Promise<void>) => async () => {
    const lines: string[] = []
    const store = await make([], { log: (line) => lines.push(line) })
    await work(store, lines).finally(() => store.close())
  }

  test(
    'jobs run in order, once, whether enqueued before or after the start',
    withStore(async (store) => {
      const seen: unknown[] = []
      await enqueue(store, 'q', { n: 1 }, { n: 2 })
      await store.jobs.start([job('q', async (payload) => void seen.push(payload))])
      await enqueue(store, 'q', { n: 3 })
      await store.jobs.idle()
      expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    }),
  )

  test(
    'a job of a transaction that fails never exists',
    withStore(async (store) => {
      const seen: unknown[] = []
      await store.jobs.start([job('q', async (payload) => void seen.push(payload))])
      const failing = store.transaction(async (tx) => {
        await store.jobs.enqueue(tx, 'q', { n: 1 })
        throw new RangeError('no')
      })
      await expect(failing).rejects.toThrow(RangeError)
      await enqueue(store, 'q', { n: 2 })
      await store.jobs.idle()
      expect(seen).toEqual([{ n: 2 }])
    }),
  )

  test(
    'enqueueing outside `store.transaction` is refused',
    withStore(async (store) => {
      const outside = store
        .db()
        .transaction()
        .execute((tx) => store.jobs.enqueue(tx, 'q', {}))
      await expect(outside).rejects.toMatchObject({ code: 'store.enqueue_needs_transaction' })
    }),
  )

  test(
    'a queue runs as many jobs at once as it may, and no more',
    withStore(async (store) => {
      let running = 0
      let most = 0
      let allIn: () => void = () => {}
      const threeAtOnce = new Promise<void>((resolve) => {
        allIn = resolve
      })
      const work = async () => {
        running += 1
        most = Math.max(most, running)
        if (running === 3) allIn()
        await Promise.race([threeAtOnce, sleep(5000)])
        await sleep(30)
        running -= 1
      }
      await store.jobs.start([job('q', work, 3)])
      await enqueue(store, 'q', ...Array.from({ length: 9 }, (_, n) => ({ n })))
      await store.jobs.idle()
      expect(most).toBe(3)
    }),
  )

  test(
    'a job may use the store and enqueue the next',
    withStore(async (store) => {
      const seen: number[] = []
      const work = async (payload: unknown) => {
        const { n } = payload as { n: number }
        seen.push(n)
        if (n < 4) await enqueue(store, 'q', { n: n + 1 })
      }
      await store.jobs.start([job('q', work)])
      await enqueue(store, 'q', { n: 1 })
      await store.jobs.idle()
      expect(seen).toEqual([1, 2, 3, 4])
    }),
  )

  test(
    'a failing job is tried again and succeeds',
    withStore(async (store) => {
      let tries = 0
      const work = async () => {
        tries += 1
        if (tries < 3) throw errors.no()
      }
      await store.jobs.start([job('q', work)])
      await enqueue(store, 'q', {})
      await store.jobs.idle()
      expect(tries).toBe(3)
      expect(await store.jobs.parked()).toEqual([])
    }),
  )

  test(
    'after three failures a job is parked with its code, the log tells, and others go on',
    withStore(async (store, lines) => {
      const seen: unknown[] = []
      const work = async (payload: unknown) => {
        if ((payload as { bad?: boolean }).bad) throw errors.no()
        seen.push(payload)
      }
      await store.jobs.start([job('q', work)])
      await enqueue(store, 'q', { bad: true }, { n: 1 })
      await store.jobs.idle()
      const parked = { id: expect.any(String), queue: 'q', payload: { bad: true }, error: 'test.no' }
      expect(await store.jobs.parked()).toEqual([parked])
      expect(lines.filter((line) => line.includes('test.no'))).toHaveLength(3)
      expect(seen).toEqual([{ n: 1 }])
    }),
  )

  test(
    'who waits for a parked job is told, at once and again at each start',
    withStore(async (store) => {
      const told: unknown[] = []
      const failing = {
        ...job('q', () => Promise.reject(errors.no())),
        giveUp: async (payload: unknown) => void told.push(payload),
      }
      await store.jobs.start([failing])
      await enqueue(store, 'q', { n: 1 })
      await store.jobs.idle()
      expect(told).toEqual([{ n: 1 }])
      await store.jobs.stop()
      await store.jobs.start([failing])
      expect(told).toEqual([{ n: 1 }, { n: 1 }])
    }),
  )

  test(
    'a throw that is no error, and one before the first await, park like any other',
    withStore(async (store) => {
      const thrower = () => {
        throw 'a bare word'
      }
      await store.jobs.start([job('q', thrower)])
      await enqueue(store, 'q', {})
      await store.jobs.idle()
      expect((await store.jobs.parked()).map(({ error }) => error)).toEqual(['house.unexpected'])
    }),
  )

  test(
    'stop lets a running job end and starts no other; a new start goes on',
    withStore(async (store) => {
      const seen: unknown[] = []
      let begun: () => void = () => undefined
      const first = new Promise<void>((resolve) => {
        begun = resolve
      })
      const work = async (payload: unknown) => {
        begun()
        await sleep(50)
        seen.push(payload)
      }
      await store.jobs.start([job('q', work)])
      await enqueue(store, 'q', { n: 1 }, { n: 2 })
      await first
      await store.jobs.stop()
      expect(seen).toEqual([{ n: 1 }])
      await store.jobs.start([job('q', work)])
      await store.jobs.idle()
      expect(seen).toEqual([{ n: 1 }, { n: 2 }])
    }),
  )

  test(
    'a job that ran when the server was killed runs again at once after the start',
    withStore(async (store) => {
      const seen: unknown[] = []
      await enqueue(store, 'q', { n: 1 })
      await markRunning(store)
      await store.jobs.start([job('q', async (payload) => void seen.push(payload))])
      await store.jobs.idle()
      expect(seen).toEqual([{ n: 1 }])
    }),
  )

  test(
    'a job that was part of ten crashes is parked instead of taking the house down again',
    withStore(async (store) => {
      const seen: unknown[] = []
      await enqueue(store, 'q', { n: 1 })
      for (let crash = 0; crash < 10; crash += 1) {
        await markRunning(store)
        await store.jobs.start([])
      }
      await store.jobs.start([job('q', async (payload) => void seen.push(payload))])
      await store.jobs.idle()
      expect(seen).toEqual([])
      expect((await store.jobs.parked()).map(({ error }) => error)).toEqual(['store.job_crashed'])
    }),
  )

  test(
    'idle does not wait for a queue that nobody works on',
    withStore(async (store) => {
      await store.jobs.start([job('q', async () => undefined)])
      await enqueue(store, 'other', {})
      await expect(store.jobs.idle()).resolves.toBeUndefined()
    }),
  )
}
