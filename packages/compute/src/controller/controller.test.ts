import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { startController } from './controller.ts'
import { fileJournal } from './file-journal-store.ts'
import type { PowerLimits } from './power-limits.ts'
import { MINUTE, rehearsal, wantedJob } from './rehearsal.fixture.ts'

const east = (limitKw: number): PowerLimits => ({
  sites: [{ name: 'east', limitKw, events: limitKw < 20 ? ['ask'] : [] }],
  feeders: [],
  holdMinutes: 30,
})

test('journals the time from a lower limit to compliance, and takes it up where another left off', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-controller-'))
  const path = join(folder, 'journal')
  const wanted = { jobs: ['a', 'b', 'c'].map((job) => wantedJob(job, {})), cancelled: [] }
  let kw = 20
  const house = rehearsal(wanted, () => east(kw))
  const first = await fileJournal(path)
  const controller = await startController({ ...house.ports, journal: first, everyMs: 3_600_000 })
  await controller.stepNow()
  house.clock.advance(5 * MINUTE)
  kw = 7
  await controller.stepNow()
  await controller.stop()
  await expect(controller.stepNow()).rejects.toMatchObject({ code: 'controller.closed' })
  const entries = await first.read()
  await first.close()
  expect(entries.map(({ kind }) => kind)).toEqual(['over', 'levels', 'within'])
  expect(entries.at(-1)).toMatchObject({ node: 'east', seconds: 0 })
  appendFileSync(path, '{"kind":"over","at":17')
  const second = await fileJournal(path)
  expect(await second.read()).toEqual(entries)
  await second.close()
  appendFileSync(path, '{"kind":"odd"}\n')
  const third = await fileJournal(path)
  await expect(third.read()).rejects.toMatchObject({ code: 'controller.journal_broken', details: { line: 4 } })
  await third.close()
  rmSync(folder, { recursive: true })
})

test('goes on after a step in which the engine did not answer', async () => {
  const house = rehearsal({ jobs: [wantedJob('a', {})], cancelled: [] }, () => east(20))
  house.crashes.before = 1
  const errors: unknown[] = []
  const steps: number[] = []
  const controller = await startController({
    ...house.ports,
    journal: house.journal,
    everyMs: 1,
    onError: (error) => errors.push(error),
    onStep: ({ at }) => steps.push(at),
  })
  await expect.poll(() => steps.length).toBeGreaterThan(2)
  await controller.stop()
  expect(errors).toHaveLength(1)
  expect(await house.engine.jobs()).toMatchObject([{ job: 'a', state: 'running' }])
})

test('a call that the engine refused is told once the step has been told of, with all that it did', async () => {
  const house = rehearsal({ jobs: [wantedJob('a', {})], cancelled: [] }, () => east(20))
  const told: unknown[] = []
  const controller = await startController({
    ...{ ...house.ports, journal: house.journal, everyMs: 3_600_000 },
    executor: new Proxy(house.ports.executor, {
      get: (engine, key) => (key === 'submit' ? refuses : Reflect.get(engine, key)),
    }),
    onError: (error) => told.push(error),
    onStep: ({ actions }) => told.push(actions.map((action) => action.do)),
  })
  await expect.poll(() => told).toEqual([['guard'], expect.objectContaining({ code: 'slurm.command_failed' })])
  await expect(controller.stepNow()).rejects.toMatchObject({ code: 'slurm.command_failed' })
  await controller.stop()
})

const refuses = async (): Promise<never> => {
  throw new AppError('unavailable', 'slurm.command_failed', { en: 'Slurm refused it', zh: 'Slurm 拒绝执行' })
}
