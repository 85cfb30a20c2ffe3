import type { ComputeJobView, EndedJobs, EngineView, PlanView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterEach, expect, test } from 'vitest'
import { type ComputeHouse, computeHouse, GUEST, LAB, MIDNIGHT, OPERATOR } from '../compute-house.fixture.ts'
import type { OthersPower } from '../executor/others-power.ts'
import { readPlanFile } from '../plan/plan-file.ts'
import { REPLAN } from '../public-job/public-job-service.ts'
import { memoryEngine } from './memory-engine.fixture.ts'

const [stores] = testStores()
const NONE = { none: { en: 'the cluster does not answer', zh: '集群无响应' } }
const PATIENT = { timeout: 10_000, interval: 50 }
const ASK = { name: '微调', class: 'finetune', chips: 4, hours: 1, deadline: '2026-11-22T20:00:00Z' }

let house: ComputeHouse
afterEach(() => house.close())

const engine = (by = OPERATOR) => house.call<EngineView>(by, 'GET /engine')
const jobOf = (id: string) => house.call<ComputeJobView>(GUEST, 'GET /jobs/:id', { params: { id } })

async function placed(more: object = {}): Promise<ComputeJobView> {
  await house.upload()
  await house.call(OPERATOR, 'POST /quotas', { body: { participant: 'guest', chipHours: 100, kwh: 100 } })
  const { id } = await house.call<ComputeJobView>(GUEST, 'POST /jobs', { body: { ...ASK, ...more } })
  await house.store.jobs.idle()
  return jobOf(id)
}

test('an engine that could not be opened is tried again, and placed jobs then learn that they will run', async () => {
  house = await computeHouse(stores!, {
    engineOf: (clock) => ({ ...NONE, again: async () => ({ ...NONE, again: async () => memoryEngine(clock) }) }),
  })
  const job = await placed()
  expect(job.reason.en).toMatch(/will not start: the cluster does not answer/)
  await house.parts.engine.start()
  expect(await engine()).toMatchObject({
    ...{ state: 'retrying', healthy: false, why: NONE.none, refused: [] },
    retry: { attempts: 1, nextAt: '2026-11-22T08:00:01.000Z' },
  })
  await expect.poll(async () => (await engine()).retry?.attempts, PATIENT).toBe(2)
  await expect.poll(async () => (await engine()).state, PATIENT).toBe('runs')
  expect(await engine()).toMatchObject({ engine: 'memory', healthy: true, contactAt: '2026-11-22T08:00:00.000Z' })
  expect((await engine()).retry).toBeUndefined()
  expect((await jobOf(job.id)).reason.zh).toMatch(/^已安排在 \w+，2026年11月22日 \d\d:\d\d 至 \d\d:\d\d（UTC）$/)
})

test('what the engine refused stands on its page; names of others do not', async () => {
  house = await computeHouse(stores!, { engineOf: (clock) => memoryEngine(clock, 3) })
  const { id, placement } = await placed()
  await house.parts.engine.start()
  house.clock.advance(Date.parse(placement!.startsAt) - house.clock.now().getTime())
  await expect.poll(async () => (await jobOf(id)).state, PATIENT).toBe('refused')
  const [refused] = (await engine(GUEST)).refused
  expect(refused).toMatchObject({
    job: id,
    name: '微调',
    reason: { zh: expect.stringMatching(/^执行引擎拒绝了该作业：/) },
  })
  expect((await engine(LAB)).refused).toEqual([
    {
      job: '',
      name: '',
      at: refused!.at,
      reason: expect.objectContaining({ zh: '执行引擎拒绝了其他参与方的一个作业' }),
    },
  ])
})

test('an engine that lets jobs of others in is told what the plan gives them: nothing before there is one', async () => {
  let told: OthersPower | undefined
  const admit = async (power: OthersPower) => {
    told = power
  }
  house = await computeHouse(stores!, { engineOf: (clock) => ({ ...memoryEngine(clock), admit }) })
  const { id } = await house.upload()
  await house.parts.engine.start()
  const hours = Array.from({ length: 24 }, (_, hour) => Date.parse(MIDNIGHT) + hour * 3_600_000)
  const most = () => Math.max(...hours.map((at) => told?.leastKw('north', at, at) ?? Number.NaN))
  await expect.poll(most, PATIENT).toBe(0)
  await house.planned(id)
  await expect.poll(most, PATIENT).toBeGreaterThan(1)
  expect(told!.chipKw('north', 'a100')).toBeGreaterThan(0.3)
})

test('a job that has ended names its scenario in the usage record; a scenario that is not there is refused', async () => {
  house = await computeHouse(stores!, { engineOf: memoryEngine })
  const { id, placement } = await placed({ scenario: 'turbine-nox' })
  await house.parts.engine.start()
  house.clock.advance(Date.parse(placement!.startsAt) - house.clock.now().getTime())
  await expect.poll(async () => (await jobOf(id)).state, PATIENT).toBe('running')
  house.clock.advance(12 * 3_600_000)
  await expect.poll(async () => (await jobOf(id)).record, PATIENT).toBeDefined()
  const job = await jobOf(id)
  expect(job.scenario).toBe('turbine-nox')
  const [usage] = await house.ledger.records({ scenario: 'turbine-nox' })
  expect(usage).toMatchObject({ id: job.record, kind: 'usage' })
  const board = (by: typeof GUEST) =>
    house.call<EndedJobs>(by, 'GET /plans/:id/ended', { params: { id: job.placement!.plan } })
  expect((await board(GUEST)).jobs).toMatchObject([{ job: id, name: '微调', state: 'done', record: job.record }])
  expect((await board(LAB)).jobs).toMatchObject([{ job: '', name: '', participant: '', chips: 4 }])
  const stray = house.call(GUEST, 'POST /jobs', {
    body: { ...ASK, deadline: '2026-11-23T23:00:00Z', scenario: 'nowhere' },
  })
  await expect(stray).rejects.toMatchObject({ code: 'compute_job.unknown_scenario' })
})

test('a job that today had no room for is placed tomorrow as soon as that day begins, whoever else asks', async () => {
  house = await computeHouse(stores!, { engineOf: memoryEngine })
  house.clock.advance(14 * 3_600_000)
  await house.upload(undefined, '2026-11-23T00:00:00.000Z')
  const job = await placed({ hours: 3, deadline: '2026-11-23T20:00:00Z' })
  await house.parts.engine.start()
  await house.store.jobs.idle()
  expect(job).toMatchObject({
    state: 'waiting',
    reason: {
      en: 'the day in course has no room for it before it ends; it may be placed in the next one',
      zh: '当前排程日结束前已无余量；可安排到下一排程日',
    },
  })
  house.clock.advance(2 * 3_600_000 + 1000)
  await expect.poll(async () => (await jobOf(job.id)).placement?.startsAt, PATIENT).toMatch(/^2026-11-23T/)
})

test('a job that begins while the rest of the day is planned anew is in the plan in force where it runs', async () => {
  house = await computeHouse(stores!, { engineOf: memoryEngine })
  const here = { chips: 8, sites: ['west'], chipTypes: ['a100'] }
  const { id, placement } = await placed(here)
  await house.parts.engine.start()
  await expect.poll(async () => (await engine()).state, PATIENT).toBe('runs')
  await house.store.jobs.idle()
  await house.store.jobs.stop()
  await house.store.jobs.start(house.parts.jobs.filter(({ queue }) => queue === REPLAN))
  await house.call(GUEST, 'POST /jobs', { body: { ...ASK, ...here, deadline: '2026-11-22T09:30:00Z' } })
  await house.store.jobs.idle()
  await house.store.jobs.stop()
  house.clock.advance(Date.parse(placement!.startsAt) + 1000 - house.clock.now().getTime())
  await expect.poll(async () => (await jobOf(id)).state, PATIENT).toBe('running')
  await house.store.jobs.start(house.parts.jobs)
  await house.store.jobs.idle()
  const { plans } = await house.call<{ plans: PlanView[] }>(OPERATOR, 'GET /plans')
  const { body } = await house.call<{ body: Uint8Array }>(OPERATOR, 'GET /plans/:id/file', {
    params: { id: plans[0]!.id },
  })
  const { plan } = readPlanFile(new TextDecoder().decode(body))
  const { startsAt } = placement!
  const start = (Date.parse(startsAt) - Date.parse(MIDNIGHT)) / (15 * 60_000)
  expect(plan.placements.find(({ job }) => job === id)).toMatchObject({ site: placement!.site, start })
})
