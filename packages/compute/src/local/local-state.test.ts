import { expect, test } from 'vitest'
import {
  addJob,
  afterRestart,
  afterRuns,
  changeJob,
  EMPTY_STATE,
  keptState,
  type LocalState,
  startedJob,
  usageOf,
} from './local-state.ts'

const ORDER = {
  ...{ job: 'a', participant: 'p', site: 'here', chip: 'core', chips: 2, wattsPerChip: 500, kw: 1, minutes: 60 },
  ...{ mayPause: true, command: ['node', '/a.mjs'] },
}
const LONG = 'x'.repeat(60_000)
const HOUR = 3_600_000
const RAN = { at: HOUR, state: 'done', exitCode: 0, joules: 90, metered: true, source: 'RAPL of package-0' } as const

const started = (state: LocalState): LocalState => changeJob(state, 'a', (job) => startedJob(job, 0))
const running = started(addJob(EMPTY_STATE, ORDER, false))
const cancelled = (state: LocalState) =>
  changeJob(state, 'a', (job) => ({ ...job, state: 'cancelled', endedAt: HOUR })).jobs[0]!

test('a run is counted in chip-hours, with the energy that was metered', () => {
  expect(usageOf(afterRuns(running, [['a', RAN]]).jobs[0]!)).toMatchObject({
    ...{ chipHours: 2, exitCode: 0 },
    joules: { value: 90, method: 'metered', source: 'RAPL of package-0' },
  })
})

test('a job whose only run was lost in a crash says nothing of its energy, rather than that none was metered', () => {
  const lost = cancelled(afterRestart(running, new Map()))
  expect(usageOf(lost)).toMatchObject({ startedAt: 0, chipHours: 0, joules: undefined })
})

test('a run that was lost in a crash counts up to its last checkpoint, and the energy says that it lacks it', () => {
  const back = afterRestart(running, new Map([['a', HOUR / 2]]))
  const again = changeJob(back, 'a', (job) => startedJob(job, 3 * HOUR))
  const usage = usageOf(afterRuns(again, [['a', { ...RAN, at: 4 * HOUR }]]).jobs[0]!)
  expect(usage).toMatchObject({ startedAt: 0, endedAt: 4 * HOUR, chipHours: 1 + 2 })
  expect(usage.joules).toEqual({
    ...{ value: 90, method: 'metered' },
    source: 'RAPL of package-0, without what a run drew that ended with the house',
  })
})

test('a checkpoint from before the run that was lost counts nothing', () => {
  const late = changeJob(addJob(EMPTY_STATE, ORDER, false), 'a', (job) => startedJob(job, HOUR))
  expect(afterRestart(late, new Map([['a', HOUR / 2]])).jobs[0]!.used.chipHours).toBe(0)
})

test('of jobs that are over what is kept is short, however long their words were, and the oldest are forgotten', () => {
  const words = Array.from({ length: 1200 }, (_, k) => ({
    ...ORDER,
    job: `job ${k}`,
    command: ['node', '/a.mjs', LONG],
  }))
  const all = words.reduce((state, order) => addJob(state, order, false), EMPTY_STATE)
  const over = afterRuns(
    all,
    words.map(({ job }, k) => [job, { ...RAN, at: k }]),
  )
  const kept = keptState(addJob(over, { ...ORDER, command: ['node', '/a.mjs', LONG] }, false))
  expect(kept.jobs).toHaveLength(1001)
  expect(kept.jobs.at(0)!.order.job).toBe('job 200')
  expect(kept.jobs.at(-1)!.order.command).toEqual(['node', '/a.mjs', LONG])
  expect(JSON.stringify(kept).length).toBeLessThan(1e6)
})
