import { expect, test } from 'vitest'
import {
  addJob,
  afterRestart,
  afterRuns,
  changeJob,
  EMPTY_STATE,
  type LocalState,
  startedJob,
  usageOf,
} from './local-state.ts'

const ORDER = {
  ...{ job: 'a', participant: 'p', site: 'here', chip: 'core', chips: 2, wattsPerChip: 500, kw: 1, minutes: 60 },
  ...{ mayPause: true, command: ['node', '/a.mjs'] },
}
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
  expect(usageOf(cancelled(afterRestart(running)))).toMatchObject({ startedAt: 0, chipHours: 0, joules: undefined })
})
