import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@dengta/kernel'
import { afterAll, describe, expect, test } from 'vitest'
import { demoDescription } from './slurm-description.ts'
import { createSlurmExecutor } from './slurm-executor.ts'
import { openSlurmFile } from './slurm-file.ts'
import { whatSlurmLacks } from './slurm-needs.ts'
import { startSlurm } from './start-slurm.ts'
import { stopSlurm } from './stop-slurm.ts'

const lack = await whatSlurmLacks()
if (lack) process.stdout.write(`SKIPPED slurm-file.slow.test.ts: ${lack.text.en}\n`)

describe.skipIf(lack)('a Slurm that somebody else runs', () => {
  let folder = ''
  afterAll(async () => {
    await stopSlurm(folder)
    await rm(folder, { recursive: true, force: true })
  })

  test('is reached by what a file says of it, and runs a job on a node of its own name', async () => {
    folder = await mkdtemp(join(tmpdir(), 'dengta-slurm-file-'))
    const { connection } = await startSlurm({ folder, description: demoDescription(2) })
    const { prefix, environment, jobUser, outputFolder, operator, rest } = connection
    const keyFile = join(folder, 'ctld', 'jwt.key')
    const file = join(folder, 'engine.json')
    const said = { sites: ['north', 'west'], jobUser, outputFolder, operator, before: prefix, environment }
    await writeFile(file, JSON.stringify({ ...said, rest: { ...rest!.address, keyFile } }))

    const own = await openSlurmFile(file)
    expect(own.description).toMatchObject({
      chipsPerNode: 8,
      sites: [
        { site: 'north', pools: [{ chip: 'a910b', nodes: 1, names: ['n1'] }] },
        { site: 'west', pools: [{ chip: 'mlu370', nodes: 1, names: ['n2'] }] },
      ],
    })
    expect(own.connection.meter).toBe('acct_gather_energy/none')
    const executor = createSlurmExecutor({ ...own, clock: systemClock })
    const order = {
      job: 'theirs',
      participant: 'p',
      site: 'west',
      chip: 'mlu370',
      chips: 2,
      wattsPerChip: 300,
      kw: 0.6,
    }
    await executor.submit({ ...order, minutes: 5, mayPause: true, command: ['sleep', '60'] }, false)
    const seen = async () => (await executor.jobs()).find(({ job }) => job === 'theirs')
    await expect
      .poll(seen, { timeout: 30_000, interval: 500 })
      .toMatchObject({ state: 'running', site: 'west', nodes: ['n2'] })
    await executor.cancel('theirs')
  }, 120_000)
})
