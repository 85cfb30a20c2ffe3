import { expect, test } from 'vitest'
import type { SlurmClient, SlurmRun } from './slurm-client.ts'
import { createUnlistedEnds, endedJobOf } from './unlisted-ends.ts'

const COMMENT = 'dengta=1&participant=p&site=north&chip=a910b&chips=4&watts=300&kw=1.44'
const run = (state: string, startedAt?: number, endedAt?: number): SlurmRun => ({
  ...{ id: '7', name: 'train', user: 'nobody', state, startedAt, endedAt, comment: COMMENT },
})

test.each([
  ['held until it was cancelled', [run('CANCELLED', undefined, 9000)], { state: 'cancelled', endedAt: 9000 }],
  ['ran to its end', [run('COMPLETED', 2000, 9000)], { state: 'done', startedAt: 2000, endedAt: 9000 }],
  [
    'ended in its second run, in no order',
    [run('FAILED', 5000, 9000), run('REQUEUED', 2000, 3000)],
    { state: 'failed', startedAt: 2000, endedAt: 9000 },
  ],
  [
    'ran past its limit',
    [run('TIMEOUT', 2000, 9000)],
    { state: 'failed', reason: { en: 'it ran past its time limit' } },
  ],
])('a job that %s is told by its accounts', (_, runs, told) => {
  expect(endedJobOf(runs)).toMatchObject({ job: 'train', engineId: '7', site: 'north', chips: 4, ...told })
})

test.each([
  ['is not in them', []],
  ['runs by them', [run('RUNNING', 2000)]],
  ['was requeued', [run('REQUEUED', 2000, 3000)]],
  ['runs again', [run('FAILED', 2000, 3000), run('RUNNING', 4000)]],
  ['is not of the house', [{ ...run('COMPLETED', 2000, 9000), comment: '' }]],
])('no end is told of a job that %s', async (_, runs) => {
  const client = { runs: async () => runs } as Partial<SlurmClient> as SlurmClient
  const ends = createUnlistedEnds(client)
  await expect(ends.look('train', '7')).rejects.toMatchObject({ code: 'slurm.not_listed', kind: 'unavailable' })
  expect(ends.found()).toEqual([])
})

test('a number that another job of these accounts had too tells no end of this one', async () => {
  const other = { ...run('COMPLETED', 2000, 9000), name: 'other' }
  const client = {
    runs: async () => [other, run('CANCELLED', undefined, 12_000)],
  } as Partial<SlurmClient> as SlurmClient
  const ends = createUnlistedEnds(client)
  await ends.look('train', '7')
  expect(ends.found()).toMatchObject([{ job: 'train', state: 'cancelled', startedAt: undefined, endedAt: 12_000 }])
})
