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

/** A REST service that answers nothing, beside commands that list `jobs` and give new ones the number 99. */
function answering(jobs: readonly SlurmJob[]): SlurmClient {
  const silent = async (): Promise<never> => {
    throw slurmErrors.rest_failed({ call: 'POST', problem: 'no answer in time' })
  }
  const all = { submit: silent, hold: silent, release: silent, cancel: silent, jobs: silent, runs: silent }
  return createFallbackClient(all, { ...all, submit: async () => '99', jobs: async () => jobs })
}

test('a submission whose answer was lost is not made a second time', async () => {
  expect(await answering([]).submit(request)).toBe('99')
  expect(await answering([listed('7', request.comment)]).submit(request)).toBe('7')
})

test("somebody else's job of the same name is not taken for it", async () => {
  expect(await answering([listed('7', '')]).submit(request)).toBe('99')
})
