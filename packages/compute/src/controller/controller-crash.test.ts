import { describe, expect, test } from 'vitest'
import { livingDay } from './living-day.fixture.ts'
import type { PowerLimits } from './power-limits.ts'
import { MINUTE, rehearsal, START, stepOrRestart, wantedJob } from './rehearsal.fixture.ts'

describe('a controller', () => {
  test('that is never killed keeps its limits, over many days', async () => {
    const days: Awaited<ReturnType<typeof livingDay>>[] = []
    for (let seed = 1; seed <= 12; seed += 1) days.push(await livingDay(seed))
    expect(days.reduce((sum, { cuts }) => sum + cuts, 0)).toBeGreaterThan(20)
    expect(days.reduce((sum, { shrinks }) => sum + shrinks, 0)).toBeGreaterThan(20)
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

  test('that is killed anywhere in a shrink goes on inside the limit, and in the end the job has all its chips again', async () => {
    const { calls } = await shrinkAndGrow({})
    expect(calls).toBeGreaterThan(40)
    for (let call = 1; call <= calls; call += 1) {
      await shrinkAndGrow({ before: call })
      await shrinkAndGrow({ after: call })
    }
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

/** One job of 4 kW; from minute 3 to 9 a request leaves 2.5 kW, for which 4 of its 8 chips draw little enough. */
async function shrinkAndGrow(crash: { readonly before?: number; readonly after?: number }) {
  const job = { ...oneLevel(wantedJob('solo', { checkpoint: { everyMinutes: 5, costSeconds: 1 } })), gangs: HALF }
  const during = (now: number): boolean => now >= START + 3 * MINUTE && now < START + 9 * MINUTE
  const house = rehearsal({ jobs: [job], cancelled: [] }, (now) => (during(now) ? east(2.5, ['ask']) : east(5, [])))
  Object.assign(house.crashes, crash)
  let state: Awaited<ReturnType<typeof stepOrRestart>>
  const chips: number[] = []
  for (let minute = 0; minute < 16; minute += 1) {
    state = (await stepOrRestart(house.ports, state)) ?? (await stepOrRestart(house.ports, undefined))
    const [seen] = await house.engine.jobs()
    expect([minute, seen!.state]).toEqual([minute, 'running'])
    if (during(house.clock.now().getTime())) expect(seen!.kw).toBeLessThanOrEqual(2.5)
    chips.push(seen!.chips)
    house.clock.advance(MINUTE)
  }
  expect([chips.slice(0, 3), new Set(chips.slice(3, 9)), chips.at(-1)]).toEqual([[8, 8, 8], new Set([4]), 8])
  expect(house.shrinks).toEqual(['solo'])
  await house.engine.cancel('solo')
  const [usage] = await house.engine.usage(0)
  expect(usage!.chipHours).toBeCloseTo(chips.reduce((sum, each) => sum + each, 0) / 60, 9)
  expect(usage!.chips).toBe(8)
  return { calls: house.crashes.calls }
}

const HALF = [{ chips: 4, speed: 0.7 }]
const SEED = 3
const oneLevel = (job: ReturnType<typeof wantedJob>) => ({ ...job, levels: job.levels.slice(0, 1) })
const east = (limitKw: number, events: readonly string[]): PowerLimits => ({
  sites: [{ name: 'east', limitKw, events }],
  feeders: [],
  holdMinutes: 15,
})
