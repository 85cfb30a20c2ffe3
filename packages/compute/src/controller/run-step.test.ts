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

/** An executor that tells of each call but that for its list, before it is made. */
function telling(executor: Executor, tell: (call: string) => unknown): Executor {
  return new Proxy(executor, {
    get: (target, key) => {
      const value = Reflect.get(target, key) as unknown
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        if (key !== 'jobs') tell(String(key))
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
  expect((await runStep(ports, state)).fault?.code).toBe('slurm.command_failed')
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
  expect((await runStep(full, state)).fault?.code).toBe('controller.journal_not_written')
  expect(await states()).toEqual(['held', 'running'])
  await runStep(full, state)
  expect(await states()).toEqual(['held', 'held', 'running'])
  expect(state.memory.cutUnder.size).toBe(1)
})

const oneLevel = (job: string, changes: Parameters<typeof wantedJob>[1] = {}) => ({
  ...wantedJob(job, changes),
  levels: [{ watts: 400, speed: 1 }],
})
const refused = (): never => {
  throw new AppError('unavailable', 'slurm.command_failed', { en: 'Slurm refused it', zh: 'Slurm 拒绝执行' })
}

test('a cancel that the engine keeps refusing keeps no room from others, no guard down and no time to compliance open', async () => {
  const late = oneLevel('late', { startAt: START + MINUTE, chips: 4 })
  const jobs = [...['a', 'b'].map((job) => oneLevel(job)), late]
  const cancelled: string[] = []
  let kw = 12
  const house = rehearsal({ jobs, cancelled }, () => east(kw))
  const executor = telling(house.engine, (call) => call === 'cancel' && refused())
  const ports: StepPorts = { ...house.ports, executor, journal: house.journal }
  const state = await loadState(house.journal)
  await runStep(ports, state)
  cancelled.push('a')
  kw = 3
  await runStep(ports, state)
  house.clock.advance(MINUTE)
  kw = 10
  const { fault, over } = await runStep(ports, state)
  expect([fault?.code, over]).toEqual(['slurm.command_failed', []])
  expect((await house.engine.jobs()).map(({ job, state: each }) => `${job} ${each}`)).toContain('late running')
  expect(state.guards.get('east')).toBe(10)
  expect((await house.journal.read()).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['over', 'within']))
})

test('a cancelled job that does not leave is no reason to cut no other', async () => {
  const cancelled: string[] = []
  let kw = 12
  const house = rehearsal({ jobs: ['a', 'b'].map((job) => oneLevel(job)), cancelled }, () => east(kw))
  const executor = telling(house.engine, (call) => call === 'cancel' && refused())
  const ports: StepPorts = { ...house.ports, executor, journal: house.journal }
  const state = await loadState(house.journal)
  await runStep(ports, state)
  cancelled.push('a')
  kw = 5
  expect((await runStep(ports, state)).over).toMatchObject([{ node: 'east', kw: 8 }])
  house.clock.advance(MINUTE / 2)
  expect((await runStep(ports, state)).over).toEqual([])
  expect(await house.engine.jobs()).toMatchObject([{ state: 'running' }, { state: 'held' }])
})

test('an engine that refuses everything is not asked for all that is wanted of it', async () => {
  const jobs = Array.from({ length: 40 }, (_, i) => oneLevel(`j${i}`, { chips: 1 }))
  const house = rehearsal({ jobs, cancelled: [] }, () => east(60))
  const calls: string[] = []
  const executor = telling(house.engine, (call) => calls.push(call) && call === 'submit' && refused())
  const outcome = await runStep({ ...house.ports, executor }, await loadState(house.journal))
  expect(outcome.fault?.code).toBe('slurm.command_failed')
  expect(calls.filter((call) => call === 'submit').length).toBeLessThan(20)
})

test('where the engine does not say what ended nothing is submitted, as it might run a second time; what it holds goes on', async () => {
  const [held, unseen] = [oneLevel('held'), oneLevel('unseen')]
  const house = rehearsal({ jobs: [held, unseen], cancelled: [] }, () => east(60))
  await house.engine.submit(held.order, true)
  const executor = telling(house.engine, (call) => call === 'usage' && refused())
  const outcome = await runStep({ ...house.ports, executor }, await loadState(house.journal))
  expect(outcome.fault?.code).toBe('slurm.command_failed')
  expect(await house.engine.jobs()).toMatchObject([{ job: 'held', state: 'running' }])
})

test('an engine that did not answer may be another one when it does: its guards are set anew', async () => {
  const house = rehearsal({ jobs: [], cancelled: [] }, () => east(60))
  const guards: string[] = []
  let away = false
  const executor = new Proxy(house.engine, {
    get: (engine, key) => {
      if (key === 'setPowerLimit') return async (site: string, kw: number) => void guards.push(`${site} ${kw}`)
      if (key === 'jobs' && away) return async () => refused()
      return (Reflect.get(engine, key) as (...given: unknown[]) => unknown).bind(engine)
    },
  })
  const ports: StepPorts = { ...house.ports, executor }
  const state = await loadState(house.journal)
  await runStep(ports, state)
  await runStep(ports, state)
  expect(guards).toEqual(['east 60'])
  away = true
  await expect(runStep(ports, state)).rejects.toMatchObject({ code: 'slurm.command_failed' })
  away = false
  await runStep(ports, state)
  expect(guards).toEqual(['east 60', 'east 60'])
})
