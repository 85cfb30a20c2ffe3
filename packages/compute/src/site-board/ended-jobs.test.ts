import { expect, test } from 'vitest'
import type { PublicJob } from '../public-job/public-job.ts'
import { endedJobRows } from './ended-jobs.ts'

const at = (time: string): Date => new Date(`2026-11-22T${time}:00.000Z`)
const JOB: PublicJob = {
  ...{
    id: 'job_1',
    participant: 'lab',
    state: 'done',
    askedAt: at('07:00'),
    startedAt: at('08:00'),
    endedAt: at('09:00'),
  },
  ask: { name: '微调', class: 'finetune', chips: 2, hours: 1, deadline: '2026-11-22T20:00:00Z', tier: 1 },
  ...{ reason: { en: 'it is done', zh: '已完成' }, held: { chipHours: 2, kwh: 1 }, record: 'r1' },
  placement: { plan: 'p', site: 'north', chip: 'a100', watts: 300, startsAt: '', endsAt: '' },
  usage: { chipHours: 2, kwh: 0.6, method: 'estimate', engine: 'local' },
}
const WHERE = { site: 'north', chip: 'a100', chips: 2, state: 'done', chipHours: 2 }
const WHEN = { startedAt: '2026-11-22T08:00:00.000Z', endedAt: '2026-11-22T09:00:00.000Z' }

test('an ended job keeps its place, its times and its usage record', () => {
  expect(endedJobRows([JOB], () => true)).toEqual([
    { job: 'job_1', name: '微调', participant: 'lab', record: 'r1', ...WHERE, ...WHEN },
  ])
})

test('a job of somebody else keeps neither name nor record', () => {
  expect(endedJobRows([JOB], (owner) => owner === 'guest')).toEqual([
    { job: '', name: '', participant: '', ...WHERE, ...WHEN },
  ])
})

test('what never ran, or still runs, is left out', () => {
  const never = { ...JOB, state: 'cancelled', startedAt: undefined, placement: undefined } as const
  expect(endedJobRows([never, { ...JOB, state: 'running', endedAt: undefined }], () => true)).toEqual([])
})
