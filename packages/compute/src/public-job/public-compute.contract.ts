import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { Quota } from '../quota/quota.ts'
import type { QuotaStore } from '../quota/quota-store.ts'
import type { ComputeTables } from '../tables.ts'
import type { PublicJob } from './public-job.ts'
import type { PublicJobStore } from './public-job-store.ts'

const at = (time: string): Date => new Date(`2026-11-22T${time}:00Z`)
const LAB: Quota = { participant: 'lab', share: 2, chipHours: 10, kwh: 5, sites: ['north'], grantedAt: at('08:00') }
const JOB: PublicJob = {
  ...{ id: 'job_1', participant: 'lab', state: 'waiting', askedAt: at('09:00') },
  ask: { name: 'a', class: 'finetune', chips: 2, hours: 1, deadline: '2026-11-22T20:00:00Z', tier: 1 },
  reason: { en: 'waits', zh: '等待' },
  held: { chipHours: 2.5, kwh: 1.25 },
}
const PLACEMENT: NonNullable<PublicJob['placement']> = {
  ...{ plan: 'plan_1', site: 'north', chip: 'a100', watts: 288 },
  ...{ startsAt: '2026-11-22T10:00:00.000Z', endsAt: '2026-11-22T11:00:00.000Z' },
}

interface Stores {
  readonly store: Store
  readonly quotas: QuotaStore
  readonly jobs: PublicJobStore
}

/** Quotas are accounts over jobs, so both stores run these cases together. `open` answers a fresh store. */
export function publicComputeContract(name: string, open: () => Promise<Stores>): void {
  describe(`quota and job store, ${name}`, () => {
    const opened = async () => {
      const stores = await open()
      const write = <T>(work: Parameters<typeof stores.store.transaction<ComputeTables, T>>[0]) =>
        stores.store.transaction(work)
      await write((tx) => stores.quotas.grant(tx, LAB))
      await write((tx) => stores.jobs.create(tx, JOB))
      return { ...stores, write }
    }

    test('a job is held while it is open, and counts as used once it has ended', async () => {
      const { store, quotas, jobs, write } = await opened()
      const account = () => write((tx) => quotas.account(tx, 'lab'))
      expect(await account()).toEqual({ held: JOB.held, used: { chipHours: 0, kwh: 0 } })
      const done = {
        state: 'done',
        endedAt: at('11:00'),
        usage: { chipHours: 2, kwh: 0.5, method: 'metered' },
      } as const
      await write((tx) => jobs.change(tx, 'job_1', ['waiting'], done))
      const ended = { held: { chipHours: 0, kwh: 0 }, used: { chipHours: 2, kwh: 0.5 } }
      expect(await account()).toEqual(ended)
      expect(await quotas.accounts()).toEqual(new Map([['lab', ended]]))
      await write((tx) => quotas.grant(tx, { ...LAB, grantedAt: at('12:00') }))
      expect((await account()).used.chipHours).toBe(0)
      await store.close()
    })

    test('refused and ended jobs are found again, ended ones by when they ended', async () => {
      const { store, jobs, write } = await opened()
      await write((tx) => jobs.create(tx, { ...JOB, id: 'job_2' }))
      const end = { state: 'refused', endedAt: at('11:00'), reason: JOB.reason } as const
      await write((tx) => jobs.change(tx, 'job_1', ['waiting'], end))
      await write((tx) => jobs.change(tx, 'job_2', ['waiting'], { ...end, endedAt: at('12:00') }))
      const ids = (found: readonly PublicJob[]) => found.map(({ id }) => id)
      expect(ids(await jobs.refused(9))).toEqual(['job_2', 'job_1'])
      expect(ids(await jobs.refused(1))).toEqual(['job_2'])
      expect(ids(await jobs.ended(at('11:00'), at('13:00')))).toEqual(['job_2', 'job_1'])
      expect(ids(await jobs.ended(at('11:00'), at('12:00')))).toEqual(['job_1'])
      await store.close()
    })

    test('whoever lists jobs, of which there may be many, is not handed the programs in them', async () => {
      const { store, jobs, write } = await opened()
      const command = ['node', '-e', 'x()']
      await write((tx) => jobs.create(tx, { ...JOB, id: 'job_2', ask: { ...JOB.ask, command } }))
      expect((await jobs.find('job_2'))!.ask.command).toEqual(command)
      expect((await jobs.open())[1]!.ask.command).toEqual(command)
      await write((tx) => jobs.change(tx, 'job_2', ['waiting'], { state: 'refused', endedAt: at('11:00') }))
      const lists = [jobs.list('lab'), jobs.list(), jobs.refused(1), jobs.ended(at('11:00'), at('12:00'))]
      for (const [newest] of await Promise.all(lists)) expect(newest).toMatchObject({ id: 'job_2', ask: JOB.ask })
      for (const [newest] of await Promise.all(lists)) expect(newest!.ask).not.toHaveProperty('command')
      await store.close()
    })

    test('a grant replaces the one before; who has none is not there', async () => {
      const { store, quotas, write } = await opened()
      const more = { ...LAB, chipHours: 99, sites: undefined }
      await write((tx) => quotas.grant(tx, more))
      expect(await quotas.list()).toEqual([more])
      expect(await write((tx) => quotas.lock(tx, 'lab'))).toEqual(more)
      expect(await write((tx) => quotas.lock(tx, 'guest'))).toBeUndefined()
      await store.close()
    })

    test('a job that an engine has is not changed by a plan, and ends once, with what it used', async () => {
      const { store, jobs, write } = await opened()
      const stop = { reason: { en: 'stops', zh: '停止' }, at: at('10:00') }
      expect(await write((tx) => jobs.changeUnhanded(tx, 'job_1', { state: 'placed', placement: PLACEMENT }))).toBe(
        true,
      )
      const hand = (time: string, placement = PLACEMENT) =>
        write((tx) => jobs.hand(tx, 'job_1', { placement, at: at(time) }))
      expect(await hand('09:20', { ...PLACEMENT, site: 'west' })).toBe(false)
      expect(await hand('09:30')).toBe(true)
      expect(await write((tx) => jobs.changeUnhanded(tx, 'job_1', { state: 'waiting', placement: null }))).toBe(false)
      expect(await write((tx) => jobs.askCancel(tx, 'job_1', stop))).toBe(true)
      expect(await hand('10:01')).toBe(false)
      expect((await jobs.open())[0]).toMatchObject({ handedAt: at('09:30'), cancelAskedAt: at('10:00') })
      const end = { state: 'cancelled', endedAt: at('10:02'), usage: { chipHours: 1 }, record: 'r' } as const
      expect(await write((tx) => jobs.finish(tx, 'job_1', end))).toBe(true)
      expect(await write((tx) => jobs.finish(tx, 'job_1', { ...end, usage: { chipHours: 9 } }))).toBe(false)
      expect(await write((tx) => jobs.askCancel(tx, 'job_1', stop))).toBe(false)
      expect(await jobs.find('job_1')).toMatchObject({ state: 'cancelled', usage: { chipHours: 1 }, record: 'r' })
      await store.close()
    })

    test('a job is placed, loses its place, and is not changed any more once it has ended', async () => {
      const { store, jobs, write } = await opened()
      const change = (...[from, to]: [PublicJob['state'][], Parameters<PublicJobStore['change']>[3]]) =>
        write((tx) => jobs.change(tx, 'job_1', from, to))
      expect(await change(['waiting'], { state: 'placed', placement: PLACEMENT })).toBe(true)
      expect(await jobs.find('job_1')).toEqual({ ...JOB, state: 'placed', placement: PLACEMENT })
      expect(await change(['placed'], { state: 'waiting', placement: null })).toBe(true)
      expect((await jobs.open()).map(({ placement }) => placement)).toEqual([undefined])
      expect(await change(['waiting'], { state: 'cancelled', endedAt: at('10:00') })).toBe(true)
      expect(await change(['waiting', 'placed'], { state: 'placed', placement: PLACEMENT })).toBe(false)
      expect(await jobs.open()).toEqual([])
      expect((await jobs.list('lab')).map(({ state }) => state)).toEqual(['cancelled'])
      expect(await jobs.list('guest')).toEqual([])
      await store.close()
    })
  })
}
