import { fixedClock } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { createJobIndex } from './job-index.ts'
import type { SlurmClient, SlurmJob, SlurmRun } from './slurm-client.ts'
import { slurmErrors } from './slurm-errors.ts'

const OURS = 'dengta=1&participant=a&site=north&chip=a910b&chips=8&watts=310&kw=2.48'
const job = (id: string, name: string, comment = OURS): SlurmJob => ({
  ...{ id, name, user: 'nobody', state: 'RUNNING', priority: 1, nodes: [], reason: '', comment },
})

/** What a Slurm lists, and its accounts, which may be out of order. */
function slurm(jobs: readonly SlurmJob[], runs: SlurmClient['runs']) {
  const never = async (): Promise<never> => {
    throw new TypeError('an index only reads')
  }
  const client: SlurmClient = {
    ...{ submit: never, hold: never, release: never, cancel: never, runs },
    jobs: async () => jobs,
  }
  return createJobIndex(client, fixedClock('2026-11-22T08:00:00Z'))
}

const broken = async (): Promise<never> => {
  throw slurmErrors.command_failed({ command: 'sacct', problem: 'slurmdbd does not answer' })
}

test('jobs that Slurm lists are found without its accounts: a cut after a start waits for none', async () => {
  const index = slurm([], broken)
  index.learn([job('1', 'a'), job('2', 'b'), job('3', 'c', '')])
  expect(await index.needAll(['a', 'b'])).toEqual(['1', '2'])
  await expect(index.needAll(['a', 'c'])).rejects.toMatchObject({ code: 'slurm.command_failed' })
})

test('others are looked for in the accounts; one that is in neither is named', async () => {
  const run: SlurmRun = { id: '7', name: 'old', user: 'nobody', state: 'COMPLETED', comment: OURS }
  const index = slurm([job('8', 'new')], async () => [run])
  expect(await index.needAll(['old', 'new'])).toEqual(['7', '8'])
  expect(await index.find('never')).toBeUndefined()
  await expect(index.need('never')).rejects.toMatchObject({ code: 'slurm.unknown_job', details: { job: 'never' } })
})

test('a number that comes while the accounts fail is no unhandled failure, and is read again later', async () => {
  let fails = true
  const index = slurm([], async () =>
    fails ? broken() : [{ id: '9', name: 'late', user: 'nobody', state: 'RUNNING', comment: OURS }],
  )
  const looked = index.find('late')
  index.add('late', '9')
  await expect(looked).rejects.toMatchObject({ code: 'slurm.command_failed' })
  fails = false
  expect(await index.find('late')).toBe('9')
})

test('a job that was held until somebody cancelled it is found, though accounts tell it only where they are asked for cancelled ones', async () => {
  const run: SlurmRun = { id: '5', name: 'held', user: 'nobody', state: 'CANCELLED', comment: OURS }
  const index = slurm([job('6', 'new')], async (query) => ('cancelled' in query && query.cancelled ? [run] : []))
  expect(await index.find('held')).toBe('5')
  expect(['held', 'new'].map((name) => index.lists(name))).toEqual([false, true])
  index.add('newer', '7')
  expect(index.lists('newer')).toBe(true)
})

test('many submissions that were refused are looked for in one reading, and none of others is read anew for them', async () => {
  let readings = 0
  const arrived: SlurmRun = { id: '3', name: 'c', user: 'nobody', state: 'COMPLETED', comment: OURS }
  const index = slurm([], async (query) => {
    if (!('cancelled' in query)) readings += 1
    return readings > 1 ? [arrived] : []
  })
  expect(await Promise.all(['a', 'b', 'c', 'd'].map(index.find))).toEqual([undefined, undefined, undefined, undefined])
  for (const job of ['a', 'b', 'c']) index.doubt(job)
  expect([await index.find('d'), readings]).toEqual([undefined, 1])
  expect(await Promise.all(['a', 'b', 'c'].map(index.find))).toEqual([undefined, undefined, '3'])
  expect([await index.find('a'), readings]).toEqual([undefined, 2])
  index.doubt('a')
  await index.find('a')
  expect(readings).toBe(3)
})
