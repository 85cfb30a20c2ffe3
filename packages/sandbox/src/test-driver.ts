import { mkdir } from 'node:fs/promises'
import { findMachine } from './find-machine.ts'
import { openSandbox, sandboxOn } from './open-sandbox.ts'
import type { CanaryReport, IsolationLevel, SandboxResult } from './sandbox.ts'
import { LIMITS } from './test-house.ts'

/** What the driver prints. */
export interface Answer {
  readonly level: IsolationLevel
  readonly results: readonly (Omit<SandboxResult, 'output'> & { readonly output: string })[]
  readonly canary: CanaryReport
}

/** A server in a process of its own, for tests that kill it or run it as another user: runs scripts, then the canary. */
const [level, workFolder = '', ...scripts] = process.argv.slice(2)
const sandbox = level === 'process' ? await bareSandbox() : await openSandbox({ workFolder })
const limits = { ...LIMITS, wallSeconds: 30, cpuSeconds: 30 }
const results = []
for (const entry of scripts) {
  const result = await sandbox.run({ entry, arguments: [], inputs: {}, limits, untrusted: level !== 'process' })
  results.push({ ...result, output: new TextDecoder().decode(result.output) })
}
const answer: Answer = { level: sandbox.level, results, canary: await sandbox.canary(limits) }
console.log(JSON.stringify(answer))

async function bareSandbox() {
  await mkdir(workFolder, { recursive: true })
  return sandboxOn({ ...(await findMachine(workFolder)), bubblewrap: undefined, seccomp: undefined }, workFolder)
}
