import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import { SAMPLE_DAY } from '../day/sample-day.fixture.ts'
import { sqlDayStore } from '../day/sql-day-store.ts'
import type { ComputeTables } from '../tables.ts'
import type { PlanChange, PlanRun, PlanState } from './plan-run.ts'
import { MOST_LISTED, type PlanRunStore } from './plan-run-store.ts'

const RUN: PlanRun = {
  ...{ id: 'plan_1', day: 'day_1', snapshot: 'a'.repeat(64), kind: 'day', state: 'waiting' },
  effort: { name: 'quick', seed: 1, ascents: 2, rounds: 3 },
  ...{ askedBy: 'house', askedAt: new Date('2026-11-22T08:00:00Z') },
}

const RESULT: NonNullable<PlanRun['result']> = {
  ...{
    digest: 'd'.repeat(64),
    bytes: 10,
    jobs: 6,
    placed: 6,
    unserved: 0,
    yuan: 3,
    bound: 2,
    gap: 1 / 3,
    boundWeak: true,
  },
  terms: { unserved: 0, delay: 1, grid: 0, electricity: 2, demandCharge: 0, carbon: 0, fairness: 0, moves: 0 },
  service: { valueBound: 0, jobsBound: 0 },
  check: { ok: true, faults: [], text: { en: 'holds', zh: '成立' } },
  ...{ seconds: 0.5, record: 'e'.repeat(64) },
}

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function planRunStoreContract(name: string, open: () => Promise<{ store: Store; plans: PlanRunStore }>): void {
  describe(`plan run store, ${name}`, () => {
    const opened = async () => {
      const { store, plans } = await open()
      const write = <T>(work: Parameters<typeof store.transaction<ComputeTables, T>>[0]) => store.transaction(work)
      await write((tx) => sqlDayStore(store).add(tx, SAMPLE_DAY))
      await write((tx) => plans.create(tx, RUN))
      const change = (id: string, from: readonly PlanState[], to: PlanChange) =>
        write((tx) => plans.change(tx, id, from, to))
      return { store, plans, write, change }
    }

    test('follows a plan from waiting to done; the newest done one is in force', async () => {
      const { store, plans, write, change } = await opened()
      const finishedAt = new Date('2026-11-22T08:01:00Z')
      expect(await plans.newestDone('day_1')).toBeUndefined()
      expect(await change('plan_1', ['waiting'], { state: 'running' })).toBe(true)
      expect(await change('plan_1', ['running'], { state: 'done', finishedAt, result: RESULT })).toBe(true)
      await write((tx) => plans.create(tx, { ...RUN, id: 'plan_2', kind: 'replan' }))
      const done = { ...RUN, state: 'done', finishedAt, result: RESULT }
      expect(await plans.newestDone('day_1')).toEqual(done)
      expect((await plans.list('day_1')).map(({ id }) => id)).toEqual(['plan_2', 'plan_1'])
      expect(await plans.list('day_9')).toEqual([])
      expect(await plans.find('plan_1')).toEqual(done)
      await store.close()
    })

    test('of two writers the second is told that it came too late, and nothing is overwritten', async () => {
      const { store, plans, change } = await opened()
      const finishedAt = new Date('2026-11-22T08:01:00Z')
      expect(await change('plan_1', ['waiting', 'running'], { state: 'cancelled', finishedAt })).toBe(true)
      expect(await change('plan_1', ['running'], { state: 'done', result: RESULT })).toBe(false)
      expect(await change('none', ['waiting'], { state: 'running' })).toBe(false)
      expect(await plans.find('plan_1')).toEqual({ ...RUN, state: 'cancelled', finishedAt })
      await store.close()
    })

    test('a house that has planned for years lists its newest plans', async () => {
      const { store, plans } = await opened()
      await store.transaction<ComputeTables, void>(async (tx) => {
        for (let plan = 2; plan <= MOST_LISTED + 1; plan += 1) await plans.create(tx, { ...RUN, id: `plan_${plan}` })
      })
      for (const list of [await plans.list(), await plans.list('day_1')]) {
        expect(list).toHaveLength(MOST_LISTED)
        expect([list.at(0)!.id, list.at(-1)!.id]).toEqual([`plan_${MOST_LISTED + 1}`, 'plan_2'])
      }
      expect((await plans.find('plan_1'))!.id).toBe('plan_1')
      await store.close()
    })

    test('a done plan has a result, a failed one a failure: the database holds that', async () => {
      const { store, change } = await opened()
      await expect(change('plan_1', ['waiting'], { state: 'done' })).rejects.toThrow(/check/)
      await expect(change('plan_1', ['waiting'], { state: 'failed' })).rejects.toThrow(/check/)
      await store.close()
    })
  })
}
