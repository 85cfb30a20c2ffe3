import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@dengta/kernel'
import { openSandbox } from '@dengta/sandbox'
import type { Order } from '../executor/executor.ts'
import { type LocalExecutorOptions, openLocalExecutor } from './local-executor.ts'
import { checkpointFolder } from './local-run.ts'

const MIB = 1024 * 1024

/** Counts in its checkpoint, fifty steps of 20 ms; notes each start. */
const COUNTS = `
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
const folder = process.env.DENGTA_CHECKPOINT
const file = folder + '/step'
let step = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
appendFileSync(folder + '/starts', step + '\\n')
for (; step < Number(process.argv[2]); step += 1) {
  await new Promise((resolve) => setTimeout(resolve, 20))
  writeFileSync(file + '.next', String(step + 1))
  renameSync(file + '.next', file)
}
`

/** A folder with a program, and what it takes to open an executor there again and again. */
export function localHouse(folder = mkdtempSync(join(tmpdir(), 'dengta-local-'))) {
  const program = join(folder, 'counts.mjs')
  const home = join(folder, 'executor')
  writeFileSync(program, COUNTS)
  const order = (job: string, steps: number, changes: Partial<Order> = {}): Order => ({
    ...{ job, participant: 'p', site: 'here', chip: 'core', chips: 1, wattsPerChip: 500, kw: 0.5, minutes: 1 },
    ...{ mayPause: true, command: ['node', program, String(steps)], ...changes },
  })
  const open = async (changes: Partial<LocalExecutorOptions> = {}) =>
    openLocalExecutor({
      folder: home,
      sandbox: await openSandbox({ workFolder: join(folder, 'work') }),
      clock: systemClock,
      pools: () => [{ site: 'here', chip: 'core', count: 2 }],
      limits: { cpuSeconds: 20, memoryBytes: 192 * MIB, processes: 16, outputBytes: MIB },
      wattsPerCore: 15,
      ...changes,
    })
  const kept = (job: string, name: string): string => {
    const file = join(checkpointFolder(home, job), name)
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  return { folder, home, order, open, kept, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
