import type { ComputeJobView, DayView, PlanView, QuotaView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ComputeHouse, computeHouse, GUEST, LAB, OPERATOR } from '../compute-house.fixture.ts'
import { sqlPlanRunStore } from '../plan-run/sql-plan-run-store.ts'
import type { ComputeTables } from '../tables.ts'
import { REPLAN } from './public-job-service.ts'

const ASK = { name: '微调', class: 'finetune', chips: 4, hours: 1, deadline: '2026-11-22T20:00:00Z' }

for (const stores of testStores())
  describe(`public compute on ${stores.name}`, () => {
    let house: ComputeHouse
    let day: DayView
    beforeEach(async () => {
      house = await computeHouse(stores)
      day = await house.upload()
    })
    afterEach(() => house.close())
    const grant = (more: object = {}) =>
      house.call<QuotaView>(OPERATOR, 'POST /quotas', {
        body: { participant: 'guest', chipHours: 10, kwh: 5, ...more },
      })
    const ask = (more: object = {}, by = GUEST) =>
      house.call<ComputeJobView>(by, 'POST /jobs', { body: { ...ASK, ...more } })
    const view = (id: string, by = GUEST) => house.call<ComputeJobView>(by, 'GET /jobs/:id', { params: { id } })
    const quota = async () => (await house.call<{ quotas: QuotaView[] }>(GUEST, 'GET /quotas')).quotas[0]!
    const plans = async () => (await house.call<{ plans: PlanView[] }>(OPERATOR, 'GET /plans')).plans

    test('a job within its quota is placed by the next plan, around what has started', async () => {
      await grant()
      const first = await house.planned(day.id)
      const job = await ask()
      expect(job).toMatchObject({ state: 'waiting', name: '微调', participant: 'guest' })
      await house.store.jobs.idle()
      const placed = await view(job.id)
      expect(placed).toMatchObject({ state: 'placed', placement: { chip: expect.any(String) } })
      expect(placed.reason.en).toMatch(
        / on 22 Nov 2026 from \d\d:\d\d to \d\d:\d\d UTC, but will not start: no engine is set up/,
      )
      expect(placed.reason.zh).toMatch(/，2026年11月22日 \d\d:\d\d 至 \d\d:\d\d（UTC），但不会启动：/)
      expect(new Date(placed.placement!.startsAt) > house.clock.now()).toBe(true)
      expect(new Date(placed.placement!.endsAt) <= new Date(ASK.deadline)).toBe(true)
      const [replan] = await plans()
      expect(replan).toMatchObject({ kind: 'replan', state: 'done', result: { check: { ok: true } } })
      const record = (await house.ledger.find(replan!.result!.record))!
      expect(record.statement.predicate.basis).toEqual([first.result!.record])
    })

    test('a job that was answered is there after a crash before the plan, and is placed then', async () => {
      await grant()
      await house.store.jobs.stop()
      const { id } = await ask()
      expect((await view(id)).state).toBe('waiting')
      await house.store.jobs.start(house.parts.jobs)
      await house.store.jobs.idle()
      expect((await view(id)).state).toBe('placed')
    })

    test('a job that waits for a day is placed as soon as one is opened', async () => {
      await grant()
      house.clock.advance(36 * 3_600_000)
      const { id, reason } = await ask({ deadline: '2026-11-24T20:00:00Z' })
      expect(reason.zh).toContain('运营方开放后即予安排')
      await house.store.jobs.idle()
      expect((await view(id)).state).toBe('waiting')
      await house.upload(undefined, '2026-11-24T00:00:00.000Z')
      await house.store.jobs.idle()
      const { state, placement } = await view(id)
      expect(state).toBe('placed')
      expect(placement!.startsAt.startsWith('2026-11-24T')).toBe(true)
    })

    test('a cancelled job gives back what it held, and its place', async () => {
      await grant()
      const { id } = await ask()
      await house.store.jobs.idle()
      const cancel = (by = GUEST) => house.call<ComputeJobView>(by, 'POST /jobs/:id/cancel', { params: { id } })
      await expect(cancel(LAB)).rejects.toMatchObject({ code: 'compute_job.missing' })
      expect(await cancel()).toMatchObject({ state: 'cancelled' })
      expect((await quota()).chipHours.left).toBe(10)
      await expect(cancel()).rejects.toMatchObject({ code: 'compute_job.ended' })
      await house.store.jobs.idle()
      const [newest] = await plans()
      expect(newest!.result!.jobs).toBe(6)
    })

    test('a plan of the whole day does not lose the jobs of today', async () => {
      await grant()
      const { id } = await ask()
      await house.planned(day.id)
      const [newest] = await plans()
      expect(newest).toMatchObject({ kind: 'replan', result: { jobs: 7 } })
      expect((await view(id)).placement!.plan).toBe(newest!.id)
    })

    test('a day that is planned again to the same plan does not lose them either', async () => {
      await grant()
      await house.planned(day.id)
      const { id } = await ask()
      await house.store.jobs.idle()
      await house.planned(day.id)
      const [newest] = await plans()
      expect(newest).toMatchObject({ kind: 'replan', result: { jobs: 7 } })
      expect((await view(id)).placement!.plan).toBe(newest!.id)
    })

    test('a re-plan that is being made is finished, however many jobs come meanwhile, and one more then fits them all in', async () => {
      await grant()
      await house.store.jobs.stop()
      await house.store.jobs.start(house.parts.jobs.filter(({ queue }) => queue === REPLAN))
      const hour = { chips: 1, hours: 0.5 }
      const first = await ask(hour)
      await house.store.jobs.idle()
      const [running] = await plans()
      await house.store.transaction<ComputeTables, boolean>((tx) =>
        sqlPlanRunStore(house.store).change(tx, running!.id, ['waiting'], { state: 'running' }),
      )
      const others = [await ask(hour), await ask(hour)]
      await house.store.jobs.idle()
      expect((await plans()).find(({ id }) => id === running!.id)).toMatchObject({ state: 'running' })
      await house.store.jobs.stop()
      await house.store.jobs.start(house.parts.jobs)
      await house.store.jobs.idle()
      const made = (await plans()).filter(({ state }) => state === 'done')
      expect(made.map(({ result }) => result!.jobs)).toEqual([9, 7])
      expect(made[1]!.id).toBe(running!.id)
      for (const { id } of [first, ...others])
        expect(await view(id)).toMatchObject({ state: 'placed', placement: { plan: made[0]!.id } })
    })

    test('a re-plan that failed, say for want of memory, is made at the next occasion', async () => {
      await grant()
      await house.store.jobs.stop()
      await house.store.jobs.start(house.parts.jobs.filter(({ queue }) => queue === REPLAN))
      await ask()
      await house.store.jobs.idle()
      const failed = { state: 'failed', failure: { code: 'plan.failed', text: { en: '-', zh: '-' } } } as const
      const [first] = await plans()
      await house.store.transaction<ComputeTables, boolean>((tx) =>
        sqlPlanRunStore(house.store).change(tx, first!.id, ['waiting'], failed),
      )
      await house.upload()
      await house.store.jobs.idle()
      expect((await plans()).map(({ state }) => state)).toEqual(['waiting', 'failed'])
    })

    test('a job that cannot be in time waits, and is told why', async () => {
      await grant()
      const { id } = await ask({ deadline: '2026-11-22T08:30:00Z' })
      await house.store.jobs.idle()
      const { state, reason } = await view(id)
      expect(state).toBe('waiting')
      expect(reason.en).toMatch(/no site has the chips, trust and hours/)
      expect((await plans())[0]).toMatchObject({ result: { jobs: 7 } })
      house.clock.advance(3_600_000)
      await house.upload()
      await house.store.jobs.idle()
      expect((await view(id)).state).toBe('failed')
      expect((await plans())[0]).toMatchObject({ kind: 'replan', result: { jobs: 6 } })
    })
  })
