import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@dengta/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Executor, Order } from '../executor/executor.ts'
import { runCommand } from './run-command.ts'
import type { SlurmCluster } from './slurm-cluster.ts'
import { createSlurmExecutor } from './slurm-executor.ts'
import { whatSlurmLacks } from './slurm-needs.ts'
import { startSlurm } from './start-slurm.ts'
import { stopSlurm } from './stop-slurm.ts'

const lack = await whatSlurmLacks()
if (lack) process.stdout.write(`SKIPPED unlisted-ends.slow.test.ts: ${lack.text.en}\n`)

const description = {
  chipsPerNode: 8,
  sites: [{ site: 'north', limitKw: 5, pools: [{ chip: 'a910b', nodes: 1 }] }],
}
const PATIENT = { timeout: 120_000, interval: 500 }

describe.skipIf(lack)('a Slurm whose administrator ends jobs while the house is away', () => {
  let folder = ''
  let cluster: SlurmCluster

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dengta-slurm-away-'))
    cluster = await startSlurm({ folder, description })
    await forgetSoon()
  }, 120_000)

  afterAll(async () => {
    await stopSlurm(folder)
    await rm(folder, { recursive: true, force: true })
  })

  const slurm = (...words: readonly string[]): Promise<string> =>
    runCommand([...cluster.connection.prefix, ...words], { env: cluster.connection.environment })

  /** Ended jobs leave the list of a Slurm as it is delivered after five minutes. */
  async function forgetSoon(): Promise<void> {
    const conf = join(folder, 'etc', 'slurm.conf')
    await writeFile(conf, (await readFile(conf, 'utf8')).replace(/^MinJobAge=.*$/m, 'MinJobAge=2'))
    await slurm('scontrol', 'reconfigure')
  }

  const house = (way: 'rest' | 'commands'): Executor =>
    createSlurmExecutor({ connection: cluster.connection, description, clock: systemClock, way })

  test.each(['rest', 'commands'] as const)(
    'by %s: they are seen as ended once they are asked for again, and not run',
    async (way) => {
      const jobs = {
        held: order(`${way}-held`),
        waiting: order(`${way}-waiting`, { kw: 4 }),
        running: order(`${way}-running`, { kw: 4 }),
        short: order(`${way}-short`, { kw: 0.5, command: ['sleep', '1'] }),
      }
      const before = house(way)
      await before.submit(jobs.running, false)
      await before.submit(jobs.short, false)
      await expect.poll(() => states(before), PATIENT).toMatchObject({ [jobs.running.job]: 'running' })
      await before.submit(jobs.held, true)
      await before.submit(jobs.waiting, false)
      await expect
        .poll(() => states(before), PATIENT)
        .toMatchObject({ [jobs.waiting.job]: 'waiting', [jobs.short.job]: 'done' })
      for (const { job } of [jobs.held, jobs.waiting, jobs.running]) await slurm('scancel', `--name=${job}`)
      await expect.poll(() => states(before), PATIENT).toEqual({})

      const after = house(way)
      expect(await states(after)).toEqual({})
      for (const job of Object.values(jobs)) await after.submit(job, true)
      expect(await states(after)).toEqual({
        ...{ [jobs.held.job]: 'cancelled', [jobs.waiting.job]: 'cancelled', [jobs.running.job]: 'cancelled' },
        [jobs.short.job]: 'done',
      })
      expect(await slurm('squeue', '--noheader', '--all')).toBe('')
      const [seen] = (await after.jobs()).filter(({ job }) => job === jobs.held.job)
      expect(seen).toMatchObject({ site: 'north', chips: 2, startedAt: undefined, endedAt: expect.any(Number) })
    },
  )
})

const states = async (slurm: Executor): Promise<Record<string, string>> =>
  Object.fromEntries((await slurm.jobs()).map(({ job, state }) => [job, state]))

function order(job: string, change: Partial<Order> = {}): Order {
  return {
    ...{ job, participant: 'p', site: 'north', chip: 'a910b', chips: 2, wattsPerChip: 300, kw: 0.6, minutes: 5 },
    ...{ mayPause: true, command: ['sleep', '300'], ...change },
  }
}
