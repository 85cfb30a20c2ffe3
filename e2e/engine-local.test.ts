import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { verifyExport } from '@dengta/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ASKER, announceNext, jobOf, openMinuteDay, powerNow, until, untilState } from './support/minute-day.ts'
import { type ServedHouse, serveHouse } from './support/served-house.ts'

const PLACE = { site: 'west', chip: 'npu' }
/** Counts steps of 100 ms in its checkpoint; ends well only if it went on from an earlier one at least once. */
const GOES_ON = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
const folder = process.env.DENGTA_CHECKPOINT
const file = folder + '/step'
let step = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
appendFileSync(folder + '/starts', step + ' ')
for (; step < 200; step += 1) {
  writeFileSync(file, String(step))
  await new Promise((resolve) => setTimeout(resolve, 100))
}
process.exitCode = readFileSync(folder + '/starts', 'utf8').trim().split(' ').length > 1 ? 0 : 3
`

describe('the local engine behind a real server', () => {
  let home = ''
  let house: ServedHouse
  const serve = () => serveHouse({ home, flags: ['--no-programme'] })
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-engine-'))
    house = await serve()
  })
  afterAll(async () => {
    await house?.kill('SIGKILL')
    await rm(home, { recursive: true, force: true })
  })

  test('asked for, placed, run, killed with its house, gone on with, done, on record', async () => {
    await openMinuteDay(house.clientOf, PLACE)
    const asked = await house.clientOf(ASKER).askCompute(jobOf('goes on', 1, { command: ['node', '-e', GOES_ON] }))
    const demo = await house.clientOf(ASKER).askCompute(jobOf('demo', 1, { command: ['demo', '5'] }))
    expect(asked.state).toBe('waiting')
    await untilState(house.clientOf(ASKER), asked.id, 'placed')
    const running = await untilState(house.clientOf(ASKER), asked.id, 'running')
    expect(Date.parse(running.startedAt!) - Date.parse(running.placement!.startsAt)).toBeLessThan(5000)
    const engine = await house.clientOf().getComputeEngine()
    expect(engine).toMatchObject({ engine: 'local', healthy: true, sites: [{ site: 'west', limitKw: 9 }] })
    await untilState(house.clientOf(ASKER), demo.id, 'done')

    await house.kill('SIGKILL')
    house = await serve()
    const client = house.clientOf(ASKER)
    const done = await untilState(client, asked.id, 'done', 'failed')
    expect(done).toMatchObject({ state: 'done', usage: { engine: 'local' } })
    expect(done.usage!.chipHours).toBeGreaterThan(0)

    const record = await client.getRecord(done.record!)
    expect(record).toMatchObject({ kind: 'usage' })
    const file = await until(() => client.exportRecord(done.record!).catch(() => undefined))
    expect((await verifyExport(file, { trust: await client.getTrust() })).ok).toBe(true)
    const [quota] = await client.listQuotas()
    const used = (await client.listComputeJobs()).reduce((sum, { usage }) => sum + (usage?.chipHours ?? 0), 0)
    expect(quota!.chipHours).toMatchObject({ held: 0, used })
  })

  test('an event takes what may pause off its chips at once, gives them back, and is settled as an estimate', async () => {
    const client = house.clientOf(ASKER)
    const [pauses, stays] = await Promise.all([
      client.askCompute(jobOf('pauses', 3, { command: ['demo', '90'] })),
      client.askCompute(jobOf('stays', 3, { tier: 0, command: ['demo', '120'] })),
    ])
    await Promise.all([pauses, stays].map(({ id }) => untilState(client, id, 'running')))
    const event = await announceNext(house.clientOf(), { minutes: 1, depth: 0.4 })
    await wait(Date.parse(event.from) - Date.now() - 500)
    expect(await powerNow(house.clientOf())).toMatchObject({ kw: 4, limitKw: 9 })
    const within = await until(async () => {
      const { kw, limitKw, events } = await powerNow(house.clientOf())
      return events.includes(event.id) && kw <= limitKw ? { kw, limitKw, at: Date.now() } : undefined
    })
    expect(within.at - Date.parse(event.from)).toBeLessThan(5000)
    expect(within).toMatchObject({ kw: 2, limitKw: expect.closeTo(2.4) })
    expect((await client.getComputeJob(pauses.id)).reason.en).toMatch(/taken off its chips/)
    expect((await client.getComputeJob(stays.id)).state).toBe('running')

    await untilState(client, pauses.id, 'running')
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(event.to))
    const ends = await Promise.all([pauses, stays].map(({ id }) => untilState(client, id, 'done', 'failed')))
    expect(ends.map(({ state }) => state)).toEqual(['done', 'done'])
    const { settlement } = await house.clientOf().estimateSettlement(event.id)
    expect(settlement).toMatchObject({ source: 'estimate', minutes: 1, minutesWithin: 1 })
    expect(settlement!.complianceSeconds).toBeLessThan(5)
    expect(await client.getRecord(settlement!.record)).toMatchObject({ kind: 'settlement' })
  })
})
