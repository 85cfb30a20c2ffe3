import { type AppError, fixedClock } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { createFallbackClient } from './fallback-client.ts'
import { writeComment } from './job-comment.ts'
import type { JobRequest, SlurmClient, SlurmJob } from './slurm-client.ts'
import { slurmErrors } from './slurm-errors.ts'

const facts = { participant: 'p', site: 'north', chip: 'npu', chips: 4, wattsPerChip: 300, kw: 1 }
const request: JobRequest = {
  ...{ name: 'train', partition: 'north', nodes: 1, chipType: 'npu', chipsPerNode: 4, licences: '', nodeList: [] },
  ...{ comment: writeComment(facts), minutes: 1, script: '', held: false },
}
const listed = (id: string, comment: string): SlurmJob => ({
  ...{ id, name: 'train', user: 'nobody', state: 'PENDING', priority: 1, nodes: [], reason: '', comment },
})

const silence = slurmErrors.rest_silent({ call: 'POST', problem: 'no answer in time' })

/** A REST service that fails, beside commands that list `jobs` and give new ones the number 99. */
function failing(jobs: readonly SlurmJob[], failure: AppError = silence) {
  const clock = fixedClock('2026-11-22T08:00:00Z')
  let asked = 0
  const fail = async (): Promise<never> => {
    asked += 1
    throw failure
  }
  const all = { submit: fail, hold: fail, release: fail, cancel: fail, jobs: fail, runs: fail }
  const commands = { ...all, hold: async () => true, submit: async () => '99', jobs: async () => jobs }
  return { clock, client: createFallbackClient(all, commands, clock), asked: () => asked }
}
const answering = (jobs: readonly SlurmJob[]): SlurmClient => failing(jobs).client

test('a submission whose answer was lost is not made a second time', async () => {
  expect(await answering([]).submit(request)).toBe('99')
  expect(await answering([listed('7', request.comment)]).submit(request)).toBe('7')
})

test("somebody else's job of the same name is not taken for it", async () => {
  expect(await answering([listed('7', '')]).submit(request)).toBe('99')
})

test('a service that gives no answer is left alone for a minute; one that refuses is asked again', async () => {
  const { clock, client, asked } = failing([])
  expect([await client.hold('1'), await client.hold('2'), await client.submit(request)]).toEqual([true, true, '99'])
  expect(asked()).toBe(1)
  clock.advance(61_000)
  expect(await client.hold('3')).toBe(true)
  expect(asked()).toBe(2)
  const refusing = failing([], slurmErrors.rest_failed({ call: 'POST', problem: 'Invalid qos' }))
  expect([await refusing.client.hold('1'), await refusing.client.hold('2')]).toEqual([true, true])
  expect(refusing.asked()).toBe(2)
})
