import { expect, test } from 'vitest'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { PublicJob } from '../public-job/public-job.ts'
import { wantedOfJobs } from './wanted-of-jobs.ts'

const at = new Date(0)
const job = (id: string, command: string[] | undefined, start = 0): PublicJob => ({
  ...{ id, participant: 'lab', state: 'placed', askedAt: at, reason: { en: '-', zh: '-' } },
  ask: { name: 'a', class: 'finetune', chips: 2, hours: 1, deadline: '', tier: 0, command },
  held: { chipHours: 2, kwh: 1 },
  placement: {
    ...{ plan: 'p', site: 'north', chip: 'a100', watts: 286 },
    startsAt: new Date(start).toISOString(),
    endsAt: new Date(start + 3_600_000).toISOString(),
  },
})
const parts = (holdsPrograms: boolean) => ({
  snapshot: readSnapshot(SAMPLE_YAML),
  engine: { holdsPrograms, demoCommand: (seconds: number) => ['demo', String(seconds)] },
  programPath: () => '/kept/program.mjs',
})

test('orders carry power at the meter, longest run and all levels; tier 0 may not pause; the earliest comes first', () => {
  const { jobs } = wantedOfJobs([job('late', undefined, 60_000), job('early', ['demo', '9'])], parts(true))
  expect(jobs.map(({ order }) => order.job)).toEqual(['early', 'late'])
  expect(jobs[0]).toMatchObject({
    order: { kw: expect.closeTo((2 * 286 * 1.2) / 1000), minutes: 60, mayPause: false, command: ['demo', '9'] },
    ...{ startAt: 0, pue: 1.2, levels: [{ watts: 343 }, { watts: 286 }, { watts: 195 }] },
  })
  expect(jobs[1]!.order.command).toEqual(['demo', '2880'])
})

test('a program goes out only to an engine that holds it, whatever was allowed when it was asked for', () => {
  const programs = [job('a', ['node', '-e', 'x()', 'w']), job('b', ['sh', '-c', 'id'])]
  expect(wantedOfJobs(programs, parts(false)).jobs).toEqual([])
  expect(wantedOfJobs(programs, parts(true)).jobs.map(({ order }) => order.command)).toEqual([
    ['node', '/kept/program.mjs', 'w'],
  ])
})
