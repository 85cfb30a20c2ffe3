import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fixedClock } from '@dengta/kernel'
import { afterEach, expect, test } from 'vitest'
import { createRestClient } from './rest-client.ts'

let server: Server | undefined
afterEach(() => server?.close())

const RUN = { job_id: 7, name: 'train', state: { current: 'COMPLETED' }, time: { start: 1000, end: 1300 } }
const NOBODY = { errors: [{ error_number: 9003, error: 'Nothing found with query', description: 'Nothing found' }] }

/** A slurmrestd whose accounting says `user` of the house's user, and has one run of it and one of somebody else. */
async function restOf(user: object) {
  const asked: string[] = []
  const made = createServer(({ url = '' }, response) => {
    asked.push(url)
    const runs = ['nobody', 'games'].map((name) => ({ ...RUN, user: name, comment: { job: 'dengta=1' } }))
    response.end(JSON.stringify(url.includes('/user/') ? user : { jobs: runs }))
  })
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(made.address() as AddressInfo).port}`
  const who = { jobUser: 'nobody', operator: 'root', outputFolder: '/', prefix: [], environment: {} }
  const rest = createRestClient(
    { ...who, rest: { address: { url }, key: Buffer.from('secret') } },
    fixedClock('2026-11-22T08:00:00Z'),
  )
  return { asked, rest }
}

const accounts = (...names: unknown[]) => ({
  users: [{ associations: names.map((account) => ({ account })) }],
})

test('runs are asked of the accounts that the user of the house has, not of the whole cluster', async () => {
  const { asked, rest } = await restOf(accounts('lab', 'lab', null, 'b&c'))
  const runs = await rest.runs({ since: Date.UTC(2026, 10, 1) })
  expect(runs.map(({ user, comment }) => [user, comment])).toEqual([
    ['nobody', 'dengta=1'],
    ['games', ''],
  ])
  await rest.runs({ since: Date.UTC(2026, 10, 1), cancelled: true })
  expect(asked).toEqual([
    '/slurmdb/v0.0.38/user/nobody',
    '/slurmdb/v0.0.38/jobs?start_time=uts1793491200&account=lab%2Cb%26c',
    '/slurmdb/v0.0.38/user/nobody',
    '/slurmdb/v0.0.38/jobs?start_time=uts1793491200&account=lab%2Cb%26c&end_time=uts1795334400&state=CANCELLED',
  ])
})

test.each([
  ['a user whom the accounting does not know', NOBODY],
  ['a user without an account', accounts()],
  ['an answer without users', { users: null }],
])('for %s all runs are asked for, as an empty answer would mean that nothing ended', async (_, user) => {
  const { asked, rest } = await restOf(user)
  const runs = await rest.runs({ since: Date.UTC(2026, 10, 1) })
  expect(runs.map(({ comment }) => comment)).toEqual(['dengta=1', ''])
  expect(asked.at(-1)).toBe('/slurmdb/v0.0.38/jobs?start_time=uts1793491200')
})
