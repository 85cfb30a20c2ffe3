import { sha256Hex, utf8 } from '@dengta/kernel'
import type {
  DayView,
  FreeBoard,
  GridEventView,
  JobWhy,
  PlanBars,
  PlanView,
  Rehearsal,
  SettlementTrial,
  SiteBoard,
} from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AUDITOR,
  type ComputeHouse,
  computeHouse,
  GUEST,
  LAB,
  MIDNIGHT,
  OPERATOR,
  pieces,
} from './compute-house.fixture.ts'
import { SAMPLE_YAML } from './model/sample-snapshot.fixture.ts'
import { checkPlan } from './plan/check-plan.ts'
import { readPlanFile } from './plan/plan-file.ts'

/** Two sites at 10 kW from 13:00, and at `share` of that from 14:00 to 15:00. */
function metered(share: number): string {
  const lines = Array.from({ length: 120 }, (_, i) => {
    const time = new Date(Date.UTC(2026, 10, 22, 13, i)).toISOString()
    return ['north', 'west'].map((site) => `${time},${site},${i < 60 ? 10 : 10 * share}`).join('\n')
  })
  return ['time,site,kw', ...lines].join('\n')
}

for (const stores of testStores())
  describe(`compute on ${stores.name}`, () => {
    let house: ComputeHouse
    let day: DayView
    let plan: PlanView
    beforeAll(async () => {
      house = await computeHouse(stores)
      day = await house.upload()
      plan = await house.planned(day.id)
    })
    afterAll(() => house.close())
    const of = (place: string, by = OPERATOR, more: object = {}) =>
      house.call<unknown>(by, place, { params: { id: plan.id, ...more } })
    const file = async () => {
      const { body } = (await of('GET /plans/:id/file', AUDITOR)) as { body: Uint8Array }
      return { bytes: body, ...readPlanFile(new TextDecoder().decode(body)) }
    }

    test('the same day uploaded twice is one; for another start it is another', async () => {
      expect(await house.upload()).toMatchObject({ id: day.id, name: 'sample-day', jobs: 6, startsAt: MIDNIGHT })
      const other = await house.upload(SAMPLE_YAML, '2026-11-23T08:00:00+08:00')
      expect(other).toMatchObject({ snapshot: day.snapshot, startsAt: '2026-11-23T00:00:00.000Z' })
      expect(other.id).not.toBe(day.id)
    })

    test.each([
      ['negative power', 'envelopeKw: 8', 'envelopeKw: -8', 'compute.negative_power', 'sites.1.envelopeKw'],
      [
        'a circle of feeders',
        'feeder: region, limitKw',
        'feeder: region, parent: park, limitKw',
        'compute.cyclic_feeders',
        'feeders.0.parent',
      ],
      [
        'a deadline before the release',
        "deadline: '12:00'",
        "deadline: '00:00'",
        'compute.deadline_before_release',
        'jobs.0.deadline',
      ],
      [
        'an unknown chip',
        'pools: [{chip: a100, count: 16}]',
        'pools: [{chip: h100, count: 16}]',
        'compute.unknown_chip',
        'sites.0.pools.0.chip',
      ],
      [
        'overlapping slots',
        "to: '17:00', value",
        "to: '18:00', value",
        'compute.overlapping_slots',
        'sites.0.envelopeKw.2',
      ],
    ])('a day with %s is refused with line and field, and nothing is kept', async (...[, from, to, code, path]) => {
      const before = (await house.call<{ days: unknown[] }>(LAB, 'GET /days')).days.length
      const refused = house.upload(SAMPLE_YAML.replace(from, to))
      await expect(refused).rejects.toMatchObject({ code, details: { path, line: expect.any(Number) } })
      expect((await house.call<{ days: unknown[] }>(LAB, 'GET /days')).days).toHaveLength(before)
    })

    test('bytes that are no text, and letters that cannot be seen, are refused', async () => {
      await expect(house.upload(SAMPLE_YAML.replace('sample-day', 'a\u202eb'))).rejects.toMatchObject({
        code: 'compute.unseen_character',
      })
    })

    test('a plan is done, proves itself to a stranger, and stands on record under its digests', async () => {
      expect(plan).toMatchObject({
        state: 'done',
        kind: 'day',
        origin: 'simulated',
        result: { placed: 6, unserved: 0, check: { ok: true } },
      })
      const { bytes, snapshot, plan: read } = await file()
      const { digest, yuan, bound, record, terms } = plan.result!
      expect(sha256Hex(bytes)).toBe(digest)
      expect(checkPlan(snapshot, read)).toMatchObject({ ok: true, yuan, terms })
      const { statement } = (await house.ledger.find(record))!
      expect(statement.predicate).toMatchObject({
        actor: 'house',
        file: digest,
        snapshot: day.snapshot,
        yuan,
        bound,
        origin: 'simulated',
      })
      expect(JSON.stringify(statement)).not.toMatch(/"j[1-6]"|"lab"/)
    })

    test('the board keeps every site within its envelope less reserve', async () => {
      const board = (await of('GET /plans/:id/board', GUEST)) as SiteBoard
      expect(board.sites.map(({ site }) => site)).toEqual(['north', 'west'])
      for (const { plannedKw, envelopeKw, reserveKw, pools, shadowYuanPerMwh } of board.sites) {
        expect(shadowYuanPerMwh).toHaveLength(96)
        for (const [t, kw] of plannedKw.entries()) expect(kw).toBeLessThanOrEqual(envelopeKw[t]! - reserveKw[t]! + 1e-3)
        for (const { used, count } of pools) expect(Math.max(...used)).toBeLessThanOrEqual(count)
      }
      const below = board.sites[0]!.plannedKw
      expect(board.feeders.find(({ feeder }) => feeder === 'park')!.plannedKw).toEqual(below)
    })

    test('bars carry every job once, and others stay anonymous', async () => {
      const all = (await of('GET /plans/:id/bars')) as PlanBars
      expect(all.bars.job.toSorted()).toEqual(['j1', 'j2', 'j3', 'j4', 'j5', 'j6'])
      const own = (await of('GET /plans/:id/bars', LAB)) as PlanBars
      expect(own.participants).toEqual(['lab'])
      expect(own.bars.job.filter((name) => name !== '').toSorted()).toEqual(['j1', 'j2', 'j5'])
      expect(own.bars.start).toEqual(all.bars.start)
      for (const [i, job] of own.bars.job.entries())
        if (job === '') expect([own.bars.participant[i], own.bars.class[i]]).toEqual([-1, -1])
      const rows = all.bars.pool.map((pool, i) => ({
        row: `${pool} ${all.bars.lane[i]}`,
        from: all.bars.start[i]!,
        to: all.bars.start[i]! + all.bars.slots[i]!,
      }))
      for (const [i, a] of rows.entries())
        for (const b of rows.slice(i + 1)) expect(a.row !== b.row || a.to <= b.from || b.to <= a.from).toBe(true)
    })

    test('why is told to whom the job belongs, and to nobody else', async () => {
      const why = (await of('GET /plans/:id/jobs/:job', LAB, { job: 'j2' })) as JobWhy
      expect(why).toMatchObject({ job: 'j2', served: true, participant: 'lab' })
      expect(why.megawatt.zh).toMatch(/兆瓦/)
      await expect(of('GET /plans/:id/jobs/:job', GUEST, { job: 'j2' })).rejects.toMatchObject({ code: 'plan.no_job' })
      await expect(of('GET /plans/:id/jobs/:job', OPERATOR, { job: 'j9' })).rejects.toMatchObject({
        code: 'plan.no_job',
      })
    })

    test('a stranger sees what is free and nothing else', async () => {
      const free = await house.call<FreeBoard>(undefined, 'GET /free')
      const { plan: read } = await file()
      expect(free).toMatchObject({ plan: plan.id, slots: 96, now: 32 })
      const npu = free.pools.find(({ chip }) => chip === 'npu')!
      const { start, slots } = read.placements.find(({ chip }) => chip === 'npu')!
      expect(npu.free[start]).toBeLessThanOrEqual(8)
      expect(npu.free[(start + slots) % 96]).toBeLessThanOrEqual(16)
      expect(JSON.stringify(free)).not.toMatch(/"(j[1-6]|lab|works)"/)
      await expect(house.call(undefined, 'GET /plans')).rejects.toThrow(TypeError)
    })

    test('an event is rehearsed without effect, announced, and stands on record', async () => {
      const request = { from: '14:00', minutes: 60, depth: 0.25, noticeMinutes: 15 }
      const tried = await house.call<Rehearsal>(GUEST, 'POST /plans/:id/rehearsals', {
        params: { id: plan.id },
        body: request,
      })
      expect(tried).toMatchObject({ plan: plan.id, request: { sites: ['north', 'west'] }, firstMinute: 13 * 60 })
      expect(tried.minutes.drawnKw).toHaveLength(180)
      expect(tried.jobs.every(({ job, participant }) => job === '' && participant === '')).toBe(true)
      expect((await house.call<{ events: unknown[] }>(OPERATOR, 'GET /events')).events).toEqual([])
      const event = await house.call<GridEventView>(OPERATOR, 'POST /events', { body: { ...request, plan: plan.id } })
      expect(event).toMatchObject({
        state: 'announced',
        from: '2026-11-22T14:00:00.000Z',
        to: '2026-11-22T15:00:00.000Z',
      })
      const { statement } = (await house.ledger.find(event.record))!
      expect(statement.predicate).toMatchObject({ basis: [plan.result!.record], depth: 0.25, sites: ['north', 'west'] })
      expect(await house.call(LAB, 'GET /events/:id', { params: { id: event.id } })).toEqual(event)
      const past = house.call(OPERATOR, 'POST /events', { body: { ...request, from: '07:00', plan: plan.id } })
      await expect(past).rejects.toMatchObject({ code: 'grid_event.over' })
      const tooLate = house.call(OPERATOR, 'POST /events', { body: { ...request, noticeMinutes: 361, plan: plan.id } })
      await expect(tooLate).rejects.toMatchObject({
        code: 'grid_event.notice_past',
        text: { en: expect.stringMatching(/in 360 min, and a notice of 361 min can be given no more/) },
      })
      expect((await house.call<{ events: unknown[] }>(OPERATOR, 'GET /events')).events).toHaveLength(1)

      const settle = (csv: string) =>
        house.call<GridEventView>(OPERATOR, 'POST /events/:id/settlement', {
          params: { id: event.id },
          query: { yuanPerKwh: '2' },
          body: pieces(utf8(csv)),
        })
      await expect(settle(metered(1))).rejects.toMatchObject({ code: 'grid_event.not_over' })
      house.clock.advance(8 * 3_600_000)
      await expect(settle('time,site,kw\n2026-11-22T14:00:00Z,north,1\n')).rejects.toMatchObject({
        code: 'grid_event.not_enough_data',
        text: {
          en: expect.stringMatching(
            /north: .* missing is 2026-11-22T14:01:00Z; .* west: .* missing is 2026-11-22T14:00:00Z; /,
          ),
        },
      })
      const logged = async () => (await house.ledger.records({ kinds: ['settlement'] })).length
      const before = await logged()
      const trial = () =>
        house.call<SettlementTrial>(OPERATOR, 'POST /events/:id/settlement/trial', {
          params: { id: event.id },
          query: { yuanPerKwh: '2' },
          body: pieces(utf8(metered(0.5))),
        })
      const would = await trial()
      expect(would).not.toHaveProperty('record')
      expect(would.text.zh).toContain('按基线“事前表计法”计算')
      expect(await logged()).toBe(before)
      expect(await house.call(LAB, 'GET /events/:id', { params: { id: event.id } })).toEqual(event)
      const settled = await settle(metered(0.5))
      expect(settled.settlement).toMatchObject(would)
      expect(await trial()).toEqual(would)
      expect(settled).toMatchObject({
        state: 'settled',
        settlement: {
          source: 'metered',
          minutes: 60,
          minutesWithin: 60,
          baselineKwh: 20,
          drawnKwh: 10,
          deliveredKwh: 10,
        },
      })
      const { requestedKwh, payment } = settled.settlement!
      expect(payment.energyYuan).toBeCloseTo(2 * Math.min(10, 1.2 * requestedKwh), 6)
      const on = (await house.ledger.find(settled.settlement!.record))!.statement
      expect(on.predicate).toMatchObject({ basis: [event.record], deliveredKwh: 10, source: 'metered' })
      const meters = { name: `meters:${event.id}`, digest: { sha256: sha256Hex(utf8(metered(0.5))) } }
      expect(on.subject[1]).toEqual(meters)
      await expect(settle(metered(0.5))).rejects.toMatchObject({ code: 'grid_event.settled' })
    })

    test('a plan is cancelled at once, leaves no record, and cannot be cancelled twice', async () => {
      await house.store.jobs.idle()
      const records = (await house.ledger.records({ kinds: ['plan'] })).length
      const asked = await house.call<PlanView>(OPERATOR, 'POST /plans', {
        body: { day: day.id, effort: 'thorough', seed: 2 },
      })
      const cancel = () => house.call<PlanView>(OPERATOR, 'POST /plans/:id/cancel', { params: { id: asked.id } })
      expect(asked.state).toBe('waiting')
      expect(await cancel()).toMatchObject({ state: 'cancelled' })
      await house.store.jobs.idle()
      await expect(cancel()).rejects.toMatchObject({ code: 'plan.ended' })
      expect(await house.ledger.records({ kinds: ['plan'] })).toHaveLength(records)
      await expect(house.call(OPERATOR, 'GET /plans/:id/board', { params: { id: asked.id } })).rejects.toMatchObject({
        code: 'plan.not_done',
      })
    })

    test('what is not there is named', async () => {
      await expect(house.call(OPERATOR, 'POST /plans', { body: { day: 'none' } })).rejects.toMatchObject({
        code: 'day.missing',
      })
      await expect(house.call(LAB, 'GET /plans/:id', { params: { id: 'none' } })).rejects.toMatchObject({
        code: 'plan.missing',
      })
      await expect(house.call(LAB, 'GET /events/:id', { params: { id: 'none' } })).rejects.toMatchObject({
        code: 'grid_event.missing',
      })
    })
  })
