import type { ComputeJobView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ComputeHouse, computeHouse, GUEST, OPERATOR } from '../compute-house.fixture.ts'
import type { Order } from '../executor/executor.ts'
import { localErrors } from '../local/local-errors.ts'
import { sqlPlanRunStore } from '../plan-run/sql-plan-run-store.ts'
import type { PublicJob } from '../public-job/public-job.ts'
import { sqlPublicJobStore } from '../public-job/sql-public-job-store.ts'
import type { ComputeTables } from '../tables.ts'
import { type JobBooks, jobBooks } from './job-books.ts'
import { programStore } from './program-store.ts'

const [stores] = testStores()
const ASK = { name: 'a', class: 'finetune', chips: 4, hours: 1, deadline: '2026-11-22T20:00:00Z' }
const NORTH: NonNullable<PublicJob['placement']> = {
  ...{ plan: 'plan_1', site: 'north', chip: 'a100', watts: 343 },
  ...{ startsAt: '2026-11-22T08:00:00.000Z', endsAt: '2026-11-22T09:00:00.000Z' },
}

let house: ComputeHouse
let books: JobBooks
beforeEach(async () => {
  house = await computeHouse(stores!, { work: false })
  await house.upload()
  await house.call(OPERATOR, 'POST /quotas', { body: { participant: 'guest', chipHours: 100, kwh: 100 } })
  const { store, ledger, clock } = house
  books = jobBooks({
    ...{ store, ledger, clock, engine: 'memory', days: house.parts.days },
    ...{ jobs: sqlPublicJobStore(store), runs: sqlPlanRunStore(store), programs: programStore(store.home) },
  })
})
afterEach(() => house.close())

const ask = async () => (await house.call<ComputeJobView>(GUEST, 'POST /jobs', { body: ASK })).id

async function placed(placement: PublicJob['placement']): Promise<string> {
  const id = await ask()
  await place(id, placement)
  return id
}

const place = (id: string, placement: PublicJob['placement']) =>
  house.store.transaction<ComputeTables, boolean>((tx) =>
    sqlPublicJobStore(house.store).changeUnhanded(tx, id, { state: 'placed', placement: placement! }),
  )

const orderOf = (job: string): Order => ({
  ...{ job, participant: 'guest', site: 'north', chip: 'a100', chips: 4, wattsPerChip: 343, kw: 1.6, minutes: 60 },
  ...{ mayPause: true, command: ['demo'] },
})

test.each([
  ['to another site', { ...NORTH, site: 'west' }],
  ['to another power', { ...NORTH, watts: 286 }],
  ['to fewer chips', { ...NORTH, chips: 2 }],
  ['to a later time', { ...NORTH, startsAt: '2026-11-22T08:15:00.000Z' }],
])('a job that a re-plan has moved %s since its order was made is not handed out by that order', async (_, moved) => {
  const id = await placed(NORTH)
  await place(id, moved)
  expect(await books.hand(orderOf(id))).toBe(false)
  await place(id, { ...NORTH, plan: 'plan_2' })
  expect(await books.hand(orderOf(id))).toBe(true)
  expect(await place(id, moved)).toBe(false)
})

async function replansAsked(): Promise<number> {
  const { rows } = await sql`select 1 from house_jobs where queue = 'compute-replan'`.execute(house.store.db())
  return rows.length
}

const cancelled = async (id: string) => {
  await house.call(GUEST, 'POST /jobs/:id/cancel', { params: { id } })
  await books.follow([], { engine: 'memory', now: house.clock.now().getTime(), holdsPrograms: false })
}

const refused = (id: string) =>
  books.refused(id, localErrors.pool({ job: id, site: 'north', chip: 'a100', chips: 4, count: 0 }))

test.each([
  ['cancelled before it ran', cancelled, 'cancelled'],
  ['refused by the engine', refused, 'refused'],
])('the room of a job that is %s goes to those that wait for a place', async (_, close, state) => {
  const [first, second] = [await placed(NORTH), await placed(NORTH)]
  for (const id of [first, second]) await books.hand(orderOf(id))
  const before = await replansAsked()
  await close(first)
  expect(await replansAsked()).toBe(before)
  await ask()
  const waiting = await replansAsked()
  await close(second)
  expect(await replansAsked()).toBe(waiting + 1)
  expect(await house.call(GUEST, 'GET /jobs/:id', { params: { id: second } })).toMatchObject({ state })
})
