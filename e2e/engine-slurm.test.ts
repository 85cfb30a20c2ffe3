import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  createPowerReservations,
  demoDescription,
  type SlurmCluster,
  startSlurm,
  stopSlurm,
  whatSlurmLacks,
} from '@dengta/compute'
import { verifyExport } from '@dengta/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ASKER, announceNext, jobOf, openMinuteDay, powerNow, until, untilState } from './support/minute-day.ts'
import { type ServedHouse, serveHouse } from './support/served-house.ts'

const PLACE = { site: 'north', chip: 'a910b' }
const lack = await whatSlurmLacks()
if (lack) process.stdout.write(`SKIPPED engine-slurm.test.ts: ${lack.text.en}\n`)

describe.skipIf(lack)('a real Slurm of four nodes behind a real server', () => {
  let home = ''
  let cluster: SlurmCluster
  let house: ServedHouse
  const serve = () => serveHouse({ home, flags: ['--no-programme'], env: { DENGTA_ENGINE: 'slurm' } })
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-engine-'))
    cluster = await startSlurm({ folder: join(home, 'slurm'), description: demoDescription(4) })
    house = await serve()
  })
  afterAll(async () => {
    await house?.kill('SIGKILL')
    await stopSlurm(join(home, 'slurm'))
    await rm(home, { recursive: true, force: true })
  })

  test('jobs run on while their house is killed; an event holds within five seconds; all is on record', async () => {
    await openMinuteDay(house.clientOf, PLACE)
    const ask = (name: string, tier: 0 | 2, seconds: number) =>
      house.clientOf(ASKER).askCompute(jobOf(name, 3, { tier, command: ['demo', String(seconds)] }))
    const [pauses, stays] = await Promise.all([ask('pauses', 2, 60), ask('stays', 0, 100)])
    await expect(
      house.clientOf(ASKER).askCompute(jobOf('program', 1, { command: ['node', '-e', '1'] })),
    ).rejects.toMatchObject({ code: 'compute_job.programs_not_held' })
    for (const { id } of [pauses, stays]) await untilState(house.clientOf(ASKER), id, 'running')

    await house.kill('SIGKILL')
    house = await serve()
    const client = house.clientOf(ASKER)
    const event = await announceNext(house.clientOf(), { minutes: 1, depth: 0.4 })
    const isReserved = async () =>
      (await createPowerReservations(cluster.connection).names()).some((name) => name.includes(event.id))
    await until(async () => (await isReserved()) || undefined)
    await wait(Date.parse(event.from) - Date.now() - 500)
    expect((await powerNow(house.clientOf())).kw).toBe(4)
    const within = await until(async () => {
      const { kw, limitKw, events } = await powerNow(house.clientOf())
      return events.includes(event.id) && kw <= limitKw ? { kw, at: Date.now() } : undefined
    })
    expect(within.at - Date.parse(event.from)).toBeLessThan(5000)
    expect(within.kw).toBe(2)
    await until(async () => !(await isReserved()) || undefined)

    const ends = [
      await untilState(client, stays.id, 'done', 'failed'),
      await untilState(client, pauses.id, 'done', 'failed'),
    ]
    expect(ends.map(({ state }) => state)).toEqual(['done', 'done'])
    for (const { usage, record } of ends) {
      expect(usage).toMatchObject({ engine: 'slurm', method: 'estimate' })
      const file = await until(() => client.exportRecord(record!).catch(() => undefined))
      expect((await verifyExport(file, { trust: await client.getTrust() })).ok).toBe(true)
    }
  })
})
