import type { ComputeJobView, EngineView, QuotaView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type ComputeHouse, computeHouse, GUEST, LAB, OPERATOR } from '../compute-house.fixture.ts'

const ASK = { name: '微调', class: 'finetune', chips: 4, hours: 1, deadline: '2026-11-22T20:00:00Z' }

for (const stores of testStores())
  describe(`public compute on ${stores.name}, before any plan`, () => {
    let house: ComputeHouse
    beforeAll(async () => {
      house = await computeHouse(stores, { work: false })
      await house.upload()
    })
    afterAll(() => house.close())
    afterEach(async () => {
      const { jobs } = await house.call<{ jobs: ComputeJobView[] }>(OPERATOR, 'GET /jobs')
      for (const { id, state } of jobs)
        if (state === 'waiting') await house.call(OPERATOR, 'POST /jobs/:id/cancel', { params: { id } })
    })
    const grant = (more: object = {}) =>
      house.call<QuotaView>(OPERATOR, 'POST /quotas', {
        body: { participant: 'guest', chipHours: 10, kwh: 5, ...more },
      })
    const ask = (more: object = {}, by = GUEST) =>
      house.call<ComputeJobView>(by, 'POST /jobs', { body: { ...ASK, ...more } })
    const view = (id: string, by = GUEST) => house.call<ComputeJobView>(by, 'GET /jobs/:id', { params: { id } })
    const quota = async () => (await house.call<{ quotas: QuotaView[] }>(GUEST, 'GET /quotas')).quotas[0]!

    test('what is asked for is held, and what is not left is refused', async () => {
      await grant()
      const { heldChipHours, heldKwh } = await ask()
      expect(heldChipHours).toBe(5)
      expect(await quota()).toMatchObject({
        chipHours: { granted: 10, held: 5, used: 0, left: 5 },
        kwh: { held: heldKwh, left: 5 - heldKwh },
      })
      await expect(ask({ hours: 2 })).rejects.toMatchObject({
        code: 'quota.spent',
        details: { unit: 'chip-hours', left: 5 },
        text: { zh: '该作业最多需要 10 卡时，配额仅剩 5 卡时；请减少申请量，等待运行中的作业结束，或向运营方申请增加' },
      })
      await grant({ chipHours: 1000 })
      await expect(ask({ hours: 4 })).rejects.toMatchObject({ code: 'quota.spent', details: { unit: 'kWh' } })
    })

    test.each([
      [{ everyMinutes: 1e-300, costSeconds: 30 }, ['checkpoint', 'everyMinutes']],
      [{ everyMinutes: 10, costSeconds: 1e308 }, ['checkpoint', 'costSeconds']],
    ])('a checkpoint of %j is refused by the name of its field', async (checkpoint, path) => {
      await grant()
      await expect(ask({ checkpoint })).rejects.toMatchObject({ issues: [{ path }] })
      const { heldKwh } = await ask({ checkpoint: { everyMinutes: 0.01, costSeconds: 0 } })
      expect(Number.isFinite(heldKwh)).toBe(true)
    })

    test('a command is as long as one program may be, all its words together: open jobs are read at every step', async () => {
      await grant()
      const half = 'x'.repeat(32 * 1024)
      await expect(ask({ command: ['node', '-e', half, half] })).rejects.toMatchObject({
        issues: [{ path: ['command'], message: expect.stringContaining('合计不得超过 65536 个字符') }],
      })
      await expect(ask({ command: ['node', '-e', half, half.slice(6)] })).rejects.toMatchObject({
        code: 'compute_job.programs_not_held',
      })
    })

    test('two jobs asked for at once never hold more than the quota', async () => {
      await grant()
      const asked = await Promise.allSettled([ask(), ask(), ask(), ask()])
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
      expect((await quota()).chipHours).toMatchObject({ held: 10, left: 0 })
    })

    test.each([
      ['an unknown class', { class: 'poetry' }, 'compute_job.unknown_class'],
      ['a site outside the agreement', { sites: ['north'] }, 'compute_job.site_not_allowed'],
      ['more chips than there are', { chips: 99 }, 'compute_job.fits_nowhere'],
      ['a deadline that is past', { deadline: '2026-11-22T07:59:00Z' }, 'compute_job.deadline_past'],
    ])('%s is refused and holds nothing', async (_, change, code) => {
      await grant({ sites: ['west'] })
      await expect(ask(change)).rejects.toMatchObject({ code })
      expect((await quota()).chipHours.held).toBe(0)
    })

    test('sites that the day does not have, in the job or mistyped in the grant, are named beside those there are', async () => {
      await grant()
      const nowhere = { code: 'compute_job.unknown_sites', details: { sites: 'nroth, east', known: 'north, west' } }
      await expect(ask({ sites: ['nroth', 'east'] })).rejects.toMatchObject(nowhere)
      expect((await ask({ sites: ['nroth', 'west'] })).state).toBe('waiting')
      await grant({ sites: ['nroth', 'east'] })
      await expect(ask()).rejects.toMatchObject(nowhere)
    })

    test('a house without an engine says so, and takes no programs', async () => {
      const engine = await house.call<EngineView>(GUEST, 'GET /engine')
      expect(engine).toMatchObject({ healthy: false, why: { en: 'no engine is set up in this house' }, sites: [] })
      await grant()
      await expect(ask({ command: ['node', '-e', '1'] })).rejects.toMatchObject({
        code: 'compute_job.programs_not_held',
      })
      await expect(ask({ command: ['sh', '-c', 'id'] })).rejects.toMatchObject({ code: 'compute_job.command' })
    })

    test('of two who cancel at once one is told that it is cancelled already', async () => {
      await grant()
      const { id } = await ask()
      const cancel = () => house.call<ComputeJobView>(GUEST, 'POST /jobs/:id/cancel', { params: { id } })
      const [first, second] = await Promise.allSettled([cancel(), cancel()])
      const [refused] = [first, second].filter((each) => each.status === 'rejected')
      expect(refused!.reason).toMatchObject({
        code: 'compute_job.ended',
        text: { zh: expect.stringContaining('已取消') },
      })
    })

    test('a job that found no place by its deadline holds nothing any more, and says that it may be asked for again', async () => {
      await grant({ chipHours: 5 })
      const { id } = await ask({ deadline: '2026-11-22T09:00:00Z' })
      await expect(ask()).rejects.toMatchObject({ code: 'quota.spent' })
      house.clock.advance(3_600_000)
      expect((await ask()).state).toBe('waiting')
      expect(await view(id)).toMatchObject({
        ...{ state: 'failed', endedAt: '2026-11-22T09:00:00.000Z' },
        reason: {
          en: 'no place was found for it by its deadline; ask again with a later one',
          zh: '截止时间前未能安排；请以更晚的截止时间重新申请',
        },
      })
    })

    test('nobody runs without a grant, sees others, or is granted who is not there', async () => {
      await expect(ask({}, LAB)).rejects.toMatchObject({ code: 'quota.none' })
      await grant()
      const { id } = await ask()
      await expect(view(id, LAB)).rejects.toMatchObject({ code: 'compute_job.missing' })
      expect(await house.call(LAB, 'GET /jobs')).toEqual({ jobs: [] })
      expect(await house.call(LAB, 'GET /quotas')).toEqual({ quotas: [] })
      await expect(grant({ participant: 'ghost' })).rejects.toMatchObject({ code: 'quota.no_participant' })
    })
  })
