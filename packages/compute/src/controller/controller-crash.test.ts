import { describe, expect, test } from 'vitest'
import { livingDay } from './living-day.fixture.ts'
import type { PowerLimits } from './power-limits.ts'
import { MINUTE, rehearsal, stepOrRestart, wantedJob } from './rehearsal.fixture.ts'

describe('a controller', () => {
  test('that is never killed keeps its limits, over many days', async () => {
    let cuts = 0
    for (let seed = 1; seed <= 12; seed += 1) cuts += (await livingDay(seed)).cuts
    expect(cuts).toBeGreaterThan(20)
  })

  test('that is killed at calls spread over a day leaves limits kept, runs every job once, requeues nothing twice', async () => {
    const { calls, cuts } = await livingDay(SEED)
    expect(cuts).toBeGreaterThan(2)
    for (let call = 1; call <= calls; call += 29) {
      await livingDay(SEED, { before: call })
      await livingDay(SEED, { after: call + 8 })
    }
  })

  test('that dies right after lowering the guard leaves an engine that starts nothing above the new limit', async () => {
    const big = wantedJob('big', { chips: 16, minutes: 10, mayPause: false })
    const next = wantedJob('next', {})
    let kw = 30
    const house = rehearsal({ jobs: [big, next], cancelled: [] }, () => east(kw, []))
    await stepOrRestart(house.ports, undefined)
    kw = 3
    house.crashes.afterFirst = 'setPowerLimit'
    expect(await stepOrRestart(house.ports, undefined)).toBeUndefined()
    house.clock.advance(20 * MINUTE)
    expect(await house.engine.jobs()).toMatchObject([{ job: 'next', state: 'waiting' }])
  })

  test('remembers its victims over a crash: room within the same request goes to others', async () => {
    const jobs = [wantedJob('short', { minutes: 10, mayPause: false }), wantedJob('victim', {})]
    let limits = east(30, [])
    const house = rehearsal({ jobs: jobs.map(oneLevel), cancelled: [] }, () => limits)
    await stepOrRestart(house.ports, undefined)
    limits = east(5, ['ask'])
    house.crashes.afterFirst = 'requeue'
    expect(await stepOrRestart(house.ports, undefined)).toBeUndefined()
    house.crashes.afterFirst = ''
    const states = async () => (await house.engine.jobs()).map(({ job, state }) => `${job} ${state}`)
    expect(await states()).toEqual(['short running', 'victim held'])
    house.clock.advance(20 * MINUTE)
    await stepOrRestart(house.ports, undefined)
    expect(await states()).toEqual(['victim held'])
    limits = east(5, [])
    await stepOrRestart(house.ports, undefined)
    expect(await states()).toEqual(['victim running'])
  })
})

const SEED = 3
const oneLevel = (job: ReturnType<typeof wantedJob>) => ({ ...job, levels: job.levels.slice(0, 1) })
const east = (limitKw: number, events: readonly string[]): PowerLimits => ({
  sites: [{ name: 'east', limitKw, events }],
  feeders: [],
  holdMinutes: 15,
})
