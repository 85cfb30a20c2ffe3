import { mkdir } from 'node:fs/promises'
import { runCanary } from './canary.ts'
import { findMachine } from './find-machine.ts'
import { levelOf, type Machine } from './machine.ts'
import { placeJob } from './place-job.ts'
import { refusedResult } from './refusal.ts'
import { runJob } from './run-job.ts'
import { runName } from './run-name.ts'
import type { Sandbox, SandboxJob, SandboxResult } from './sandbox.ts'
import { sharedLibraries } from './shared-libraries.ts'
import { sweepLeftovers } from './sweep.ts'

export interface SandboxOptions {
  /** A folder that only the house writes to; made if it is not there. */
  readonly workFolder: string
  /** Where a line about the found level and about leftovers goes. */
  readonly log?: (line: string) => void
}

/** Opens the sandbox of the house: looks at the machine once and cleans up what a crashed server left behind. */
export async function openSandbox({ workFolder, log = () => {} }: SandboxOptions): Promise<Sandbox> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 })
  const machine = await findMachine(workFolder)
  const swept = await sweepLeftovers(workFolder, machine.controlGroups)
  const { name, missing } = levelOf(machine)
  log(`sandbox: level ${name}; missing: ${missing.join(', ') || 'nothing'}; leftovers removed: ${swept}`)
  return sandboxOn(machine, workFolder)
}

/** The sandbox on a machine that has been looked at. */
export function sandboxOn(machine: Machine, workFolder: string): Sandbox {
  const level = levelOf(machine)
  const libraries = sharedLibraries()
  const run = async (job: SandboxJob): Promise<SandboxResult> => {
    const files = await placeJob(job, { libraries, otherUser: machine.root })
    if (job.untrusted && level.name !== 'bubblewrap') return refusedResult()
    return runJob(job, { machine, files, workFolder, name: runName() })
  }
  return {
    level,
    run: async (job) => withoutPartialOutput(await run(job)),
    canary: (limits) => runCanary({ level, limits, workFolder, run }),
  }
}

function withoutPartialOutput(result: SandboxResult): SandboxResult {
  return result.outcome === 'ok' ? result : { ...result, output: new Uint8Array() }
}
