import { AppError } from '@dengta/kernel'
import { expect, test } from 'vitest'
import type { Executor } from '../executor/executor.ts'
import { runningOver } from './control-step.ts'
import type { PowerLimits } from './power-limits.ts'
import { MINUTE, rehearsal, START, wantedJob } from './rehearsal.fixture.ts'
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

test('a guard that the engine refuses keeps no cut from being made, and nothing takes the power set free', async () => {
  const jobs = ['a', 'b', 'c'].map((job) => ({ ...wantedJob(job, {}), levels: [{ watts: 400, speed: 1 }] }))
  let kw = 60
  const house = rehearsal({ jobs, cancelled: [] }, () => east(kw))
  let refuses = false
  const calls: string[] = []
  const executor = telling(house.engine, (call) => {
    calls.push(call)
    if (refuses && call === 'setPowerLimit')
      throw new AppError('unavailable', 'slurm.command_failed', { en: 'slurmdbd does not answer', zh: '无应答' })
  })
  const ports: StepPorts = { ...house.ports, executor, journal: house.journal }
  const state = await loadState(house.journal)
  const states = async () => (await house.engine.jobs()).map(({ state: each }) => each)
  await runStep(ports, state)
  expect(await states()).toEqual(['running', 'running', 'waiting'])
  kw = 5
  refuses = true
  await expect(runStep(ports, state)).rejects.toMatchObject({ code: 'slurm.command_failed' })
  expect((await states()).sort()).toEqual(['held', 'held', 'running'])
  expect(calls.filter((call) => call === 'hold')).toHaveLength(1)
  refuses = false
  await runStep(ports, state)
  expect((await states()).sort()).toEqual(['held', 'held', 'running'])
})

test('what the engine cannot do with a job is forgotten with the job', async () => {
  const job = { ...wantedJob('a', { minutes: 1 }), levels: [{ watts: 400, speed: 1 }] }
  const house = rehearsal({ jobs: [job], cancelled: [] }, () => east(60))
  const state = await loadState(house.journal)
  await runStep(house.ports, state)
  for (const name of ['a', 'gone']) state.fixedPower.add(name)
  state.fixedGang.add('gone')
  await runStep(house.ports, state)
  expect([[...state.fixedPower], [...state.fixedGang]]).toEqual([['a'], []])
})

test('a journal that cannot be written keeps no cut from being made, nor a victim from staying off its chips', async () => {
  const jobs = ['a', 'b'].map((job) => ({ ...wantedJob(job, {}), levels: [{ watts: 400, speed: 1 }] }))
  const late = wantedJob('late', { startAt: START + MINUTE })
  let kw = 60
  const house = rehearsal({ jobs: [...jobs, late], cancelled: [] }, () => east(kw))
  const state = await loadState(house.journal)
  await runStep(house.ports, state)
  kw = 5
  house.clock.advance(2 * MINUTE)
  const append = async (): Promise<never> => {
    throw new AppError('unavailable', 'controller.journal_not_written', { en: 'no room', zh: '空间不足' })
  }
  const full: StepPorts = { ...house.ports, journal: { ...house.journal, append } }
  const states = async () => (await house.engine.jobs()).map(({ state: each }) => each).sort()
  await expect(runStep(full, state)).rejects.toMatchObject({ code: 'controller.journal_not_written' })
  expect(await states()).toEqual(['held', 'running'])
  await runStep(full, state)
  expect(await states()).toEqual(['held', 'held', 'running'])
  expect(state.memory.cutUnder.size).toBe(1)
})
