import { describe, expect, test } from 'vitest'
import type { EngineJob } from '../executor/executor.ts'
import type { PublicJob } from '../public-job/public-job.ts'
import { progressOf } from './job-progress.ts'

const NOW = 1_000_000
const at = new Date(NOW - 1000)
const JOB: PublicJob = {
  ...{ id: 'job_1', participant: 'lab', state: 'placed', askedAt: at, handedAt: at, reason: { en: '-', zh: '-' } },
  ask: { name: 'a', class: 'finetune', chips: 2, hours: 1, deadline: '2026-11-22T20:00:00Z', tier: 1 },
  held: { chipHours: 2, kwh: 1 },
  placement: { plan: 'p', site: 'north', chip: 'a100', watts: 300, startsAt: '', endsAt: '' },
}
const seen = (state: EngineJob['state'], more: Partial<EngineJob> = {}): EngineJob => ({
  ...{ job: 'job_1', engineId: '7', state, site: 'north', chip: 'a100', chips: 2, kw: 0.6, ...more },
})
const options = { engine: 'local', now: NOW, holdsPrograms: false }
const become = (job: Partial<PublicJob>, engine?: EngineJob, sites?: readonly string[]) => {
  const change = progressOf({ ...JOB, ...job }, engine, { ...options, sites })
  return change && [change.state, change.reason?.en]
}

describe('progressOf', () => {
  test('the chips that a job runs on are noted when they change, and once', () => {
    const now = (chipsNow: number | undefined, chips: number) =>
      progressOf(
        { ...JOB, startedAt: at, placement: { ...JOB.placement!, chipsNow } },
        seen('running', { chips }),
        options,
      )
    expect(now(undefined, 1)?.placement).toMatchObject({ chipsNow: 1 })
    expect(now(1, 2)?.placement).toMatchObject({ chipsNow: 2 })
    expect(now(undefined, 2)?.placement).toBeUndefined()
    expect(now(1, 1)?.placement).toBeUndefined()
  })

  test('when a job goes back on its chips is noted, once; its first start is that of the job', () => {
    const back = NOW + 600_000
    const now = (resumedAt: string | undefined, startedAt: number | undefined) =>
      progressOf(
        { ...JOB, startedAt: at, placement: { ...JOB.placement!, resumedAt } },
        seen('running', { startedAt }),
        {
          ...options,
        },
      )?.placement
    const noted = new Date(back).toISOString()
    expect(now(undefined, back)).toMatchObject({ resumedAt: noted })
    expect(now(undefined, at.getTime())).toBeUndefined()
    expect(now(undefined, undefined)).toBeUndefined()
    expect(now(noted, back)).toBeUndefined()
    expect(now(noted, back + 60_000)).toMatchObject({ resumedAt: new Date(back + 60_000).toISOString() })
    expect(progressOf(JOB, seen('running', { startedAt: back }), options)).toMatchObject({ startedAt: new Date(back) })
  })

  test.each([
    ['starts', {}, seen('running'), ['running', 'it runs at north (local)']],
    [
      'runs on fewer chips',
      {},
      seen('running', { chips: 1 }),
      ['running', expect.stringMatching(/on 1 of its 2 chips/)],
    ],
    ['is held', {}, seen('held'), ['placed', expect.stringMatching(/until the power limit of north/)]],
    [
      'is cut',
      { state: 'running', startedAt: at },
      seen('held'),
      ['placed', expect.stringMatching(/taken off its chips/)],
    ],
    ['waits', {}, seen('waiting', { reason: 'Licenses' }), ['placed', 'it waits for its turn at north: Licenses']],
    ['is being cancelled', { cancelAskedAt: at }, seen('running'), ['running', expect.stringMatching(/cancelled/)]],
    ['was cancelled before it ran', {}, seen('cancelled'), ['cancelled', 'it was cancelled']],
    ['was cancelled before it was known', { cancelAskedAt: at }, undefined, ['cancelled', 'it was cancelled']],
  ] as const)('a job that %s', (_, job, engine, expected) => {
    expect(become(job, engine)).toEqual(expected)
  })

  test('an end waits a minute for its usage, and is then written without', () => {
    const running = { state: 'running', startedAt: at } as const
    expect(become(running, seen('failed', { endedAt: NOW - 59_000 }))).toBeUndefined()
    expect(become(running, seen('done', { endedAt: NOW - 61_000 }))).toEqual(['done', 'it is done'])
  })

  test('a job that was cancelled while it ran keeps its place for the record of what it used, which may come late', () => {
    const ran = { ...JOB, state: 'running', startedAt: at, cancelAskedAt: at } as const
    const late = seen('cancelled', { endedAt: NOW - 61_000 })
    for (const engine of [late, undefined]) {
      expect(progressOf(ran, engine, options)).toMatchObject({ state: 'cancelled' })
      expect(progressOf(ran, engine, options)).not.toHaveProperty('placement')
    }
    expect(progressOf({ ...JOB, cancelAskedAt: at }, undefined, options)).toMatchObject({ placement: null })
  })

  test('a running job that the engine no longer shows has failed after a minute, and may be asked for again', () => {
    const gone = (missingSince?: number) =>
      progressOf({ ...JOB, state: 'running', startedAt: at }, undefined, { ...options, missingSince })
    expect(gone()).toBeUndefined()
    expect(gone(NOW - 59_000)).toBeUndefined()
    expect(gone(NOW - 60_000)).toMatchObject({
      state: 'failed',
      endedAt: new Date(NOW),
      reason: { zh: expect.stringMatching(/请重新申请$/) },
    })
  })

  test('why a job failed is said in both languages', () => {
    const running = { state: 'running', startedAt: at } as const
    const failed = (more: Partial<EngineJob>) =>
      progressOf({ ...JOB, ...running }, seen('failed', { endedAt: NOW - 61_000, ...more }), options)?.reason
    expect(failed({})).toEqual({ en: 'it failed: the engine does not say why', zh: '运行失败：执行引擎未说明原因' })
    expect(failed({ reason: { en: 'out of memory', zh: '内存不足' } })?.zh).toBe('运行失败：内存不足')
  })

  test('a job that has no place by its deadline is closed; one that has one may come late', () => {
    const ask = { ...JOB.ask, deadline: new Date(NOW).toISOString() }
    const waiting = { ask, state: 'waiting', handedAt: undefined, placement: undefined } as const
    expect(become(waiting)).toEqual(['failed', expect.stringMatching(/by its deadline/)])
    expect(become({ ...waiting, ask: { ...ask, deadline: new Date(NOW + 1).toISOString() } })).toBeUndefined()
    expect(become({ ask, handedAt: undefined })).toBeUndefined()
  })

  test.each([
    ['at a site that the engine does not have', {}, ['west'], /no chips/],
    ['with a program that no sandbox would hold', { command: ['node', '-e', '1'] }, undefined, /runs no programs/],
  ])('a job that lies %s is closed with its deadline, and holds nothing any more', (_, more, sites, said) => {
    const ask = { ...JOB.ask, ...more, deadline: new Date(NOW).toISOString() }
    expect(become({ ask, handedAt: undefined }, undefined, sites)).toEqual(['failed', expect.stringMatching(said)])
    expect(become({ ask }, undefined, sites)?.[0]).toBeUndefined()
  })

  test('a program stays where it is placed in a house whose engine would not hold it', () => {
    const ask = { ...JOB.ask, command: ['node', '-e', '1'] }
    expect(become({ ask, handedAt: undefined })?.[1]).toMatch(/runs no programs of participants/)
  })

  test('a site that the engine does not have is named; nothing new is no change', () => {
    expect(become({ handedAt: undefined }, undefined, ['west'])?.[1]).toMatch(/no chips/)
    expect(become({ handedAt: undefined }, undefined, ['north'])).toBeUndefined()
    const said = { en: 'it runs at north (local)', zh: '' }
    expect(become({ state: 'running', startedAt: at, reason: said }, seen('running'))).toBeUndefined()
  })
})
