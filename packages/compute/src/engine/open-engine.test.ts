import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@dengta/kernel'
import { openSandbox } from '@dengta/sandbox'
import { afterEach, expect, test } from 'vitest'
import { isEngine } from './engine.ts'
import { openEngine } from './open-engine.ts'

const home = mkdtempSync(join(tmpdir(), 'dengta-open-engine-'))
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('a cluster that does not run is named, and can be opened again later', async () => {
  const sandbox = await openSandbox({ workFolder: join(home, 'work') })
  const first = await openEngine({ kind: 'slurm', home, sandbox, clock: systemClock, wattsPerCore: 15 })
  const second = await first.again!()
  for (const choice of [first, second]) {
    if (isEngine(choice)) throw new Error('there is no cluster here')
    expect(choice.none.en).toContain('dengta compute up --slurm')
    expect(choice.again).toBeDefined()
  }
})

test('a cluster that no file describes, and a file that is not there, are named', async () => {
  const sandbox = await openSandbox({ workFolder: join(home, 'work') })
  const parts = { home, sandbox, clock: systemClock, wattsPerCore: 15 }
  for (const [options, said] of [
    [{ kind: 'kubernetes' }, /DENGTA_ENGINE_FILE names no file/],
    [{ kind: 'kubernetes', file: join(home, 'none.yaml') }, /none\.yaml cannot be read \(ENOENT\)/],
    [{ kind: 'slurm', file: join(home, 'none.yaml') }, /none\.yaml cannot be read \(ENOENT\)/],
  ] as const) {
    const choice = await openEngine({ ...parts, ...options })
    expect(isEngine(choice) || choice.none.en).toMatch(said)
  }
})
