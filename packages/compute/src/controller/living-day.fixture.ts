import { seededRandom } from '@dengta/statistics'
import { expect } from 'vitest'
import { runningOver } from './control-step.ts'
import { drawLimits, drawWanted, MINUTE, rehearsal, stepOrRestart } from './rehearsal.fixture.ts'

interface CrashAt {
  readonly before?: number
  readonly after?: number
}

interface Day {
  readonly calls: number
  /** Jobs taken off their chips under a request of the grid. */
  readonly cuts: number
  /** Times that a job was put on fewer chips. */
  readonly shrinks: number
}

/** Runs a day of minutes until every job has ended; throws where a limit is broken, a job lost or run twice. */
export async function livingDay(seed: number, crash: CrashAt = {}): Promise<Day> {
  const random = seededRandom(seed)
  const wanted = drawWanted(random)
  const limits = drawLimits(random)
  const house = rehearsal(wanted, limits)
  Object.assign(house.crashes, crash)
  let state: Awaited<ReturnType<typeof stepOrRestart>>
  let minutes = 0
  for (; minutes < 600 && new Set(house.recorded).size < wanted.jobs.length; minutes += 1) {
    state = await stepOrRestart(house.ports, state)
    state ??= await stepOrRestart(house.ports, undefined)
    const now = house.clock.now().getTime()
    expect(runningOver(await house.engine.jobs(), limits(now)), `minute ${minutes}`).toEqual([])
    house.clock.advance(MINUTE)
  }
  const usage = await house.engine.usage(0)
  expect(house.faults).toEqual([])
  expect([...house.cuts].filter(([, times]) => times > 1)).toEqual([])
  expect(usage.map(({ job }) => job).sort()).toEqual(wanted.jobs.map(({ order }) => order.job).sort())
  expect(new Set(house.recorded).size).toBe(wanted.jobs.length)
  return { calls: house.crashes.calls, cuts: house.cuts.size, shrinks: house.shrinks.length }
}
