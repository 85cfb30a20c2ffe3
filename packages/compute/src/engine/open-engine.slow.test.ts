import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@dengta/kernel'
import { openSandbox } from '@dengta/sandbox'
import { afterAll, describe, expect, test } from 'vitest'
import { demoDescription } from '../slurm/slurm-description.ts'
import { whatSlurmLacks } from '../slurm/slurm-needs.ts'
import { startSlurm } from '../slurm/start-slurm.ts'
import { stopSlurm } from '../slurm/stop-slurm.ts'
import { isEngine } from './engine.ts'
import { openEngine } from './open-engine.ts'

const lack = await whatSlurmLacks()
if (lack) process.stdout.write(`SKIPPED open-engine.slow.test.ts: ${lack.text.en}\n`)

describe.skipIf(lack)('an engine on the Slurm of the house', () => {
  let home = ''
  afterAll(async () => {
    await stopSlurm(join(home, 'slurm'))
    await rm(home, { recursive: true, force: true })
  })

  test('goes on after the cluster was ended and started anew, and says in between how to start it', async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-open-engine-'))
    const folder = join(home, 'slurm')
    await startSlurm({ folder, description: demoDescription(2) })
    const sandbox = await openSandbox({ workFolder: join(home, 'work') })
    const engine = await openEngine({ kind: 'slurm', home, sandbox, clock: systemClock, wattsPerCore: 15 })
    if (!isEngine(engine)) throw new Error(engine.none.en)
    const { executor } = engine
    expect(await executor.jobs()).toEqual([])
    await stopSlurm(folder)
    await expect(executor.jobs()).rejects.toMatchObject({ code: 'slurm.not_running' })
    await startSlurm({ folder, description: demoDescription(2) })
    await expect.poll(() => executor.jobs(), { timeout: 30_000, interval: 500 }).toEqual([])
  }, 120_000)
})
