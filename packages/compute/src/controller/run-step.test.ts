import { expect, test } from 'vitest'
import type { Executor } from '../executor/executor.ts'
import { runningOver } from './control-step.ts'
import type { PowerLimits } from './power-limits.ts'
import { rehearsal, wantedJob } from './rehearsal.fixture.ts'
import { loadState, runStep, type StepPorts } from './run-step.ts'

const east = (limitKw: number): PowerLimits => ({
  sites: [{ name: 'east', limitKw, events: limitKw < 60 ? ['ask'] : [] }],
  feeders: [],
  holdMinutes: 15,
})

/** An executor that tells of each call that changes something, before it is made. */
function telling(executor: Executor, tell: (call: string) => void): Executor {
  return new Proxy(executor, {
    get: (target, key) => {
      const value = Reflect.get(target, key) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (key !== 'jobs' && key !== 'usage') tell(String(key))
        return value.apply(target, given) as unknown
      }
    },
  })
}

test('a limit that falls while room is filled is held before anything else is filled', async () => {
  const jobs = Array.from({ length: 40 }, (_, i) => ({ ...wantedJob(`j${i}`, { chips: 1 }), levels: [] }))
  const oneLevel = jobs.map((job) => ({ ...job, levels: [{ watts: 400, speed: 1 }] }))
  let kw = 60
  const house = rehearsal({ jobs: oneLevel, cancelled: [] }, () => east(kw))
  const calls: string[] = []
  const executor = telling(house.engine, (call) => {
    calls.push(call)
    if (calls.filter((each) => each === 'submit').length === 12) kw = 3
  })
  const ports: StepPorts = { ...house.ports, executor, journal: house.journal }
  const { over } = await runStep(ports, await loadState(house.journal))
  const fall = calls.indexOf('submit') + 11
  expect(over).toEqual([])
  expect(calls.slice(fall).indexOf('requeue')).toBeLessThan(10)
  expect(calls.filter((call) => call === 'submit')).toHaveLength(40)
  const engine = await house.engine.jobs()
  expect(engine.filter(({ state }) => state === 'running')).toHaveLength(6)
  expect(engine.filter(({ state }) => state === 'held')).toHaveLength(34)
  expect(runningOver(engine, east(3))).toEqual([])
})
