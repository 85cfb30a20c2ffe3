import { access, constants, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { controlGroupsV1 } from './control-groups-v1.ts'
import { controlGroupsV2 } from './control-groups-v2.ts'
import { planJob } from './job-plan.ts'
import { startJob } from './job-process.ts'
import type { Machine } from './machine.ts'
import { placeEntry } from './place-job.ts'
import { runName } from './run-name.ts'
import { filterBytes, seccompFilter } from './seccomp-filter.ts'
import { sharedLibraries } from './shared-libraries.ts'

/** Looks once at what this machine offers. `folder` keeps the seccomp filter. */
export async function findMachine(folder: string): Promise<Machine> {
  const [filter, bwrap, prlimit, setpriv] = await Promise.all([
    writeFilter(join(folder, 'seccomp.bpf')),
    ...['bwrap', 'prlimit', 'setpriv'].map(findProgram),
  ])
  const node = process.execPath
  const programs = [node, prlimit, setpriv].filter((program) => program !== undefined)
  const bare: Machine = {
    ...{ root: process.getuid?.() === 0, node, prlimit, setpriv, libraries: await sharedLibraries().ofFiles(programs) },
    ...{ controlGroups: controlGroupsV1() ?? controlGroupsV2(), bubblewrap: undefined, seccomp: undefined },
  }
  const boxed = { ...bare, bubblewrap: bwrap, seccomp: filter }
  return (await works(boxed)) ? boxed : bare
}

async function writeFilter(path: string): Promise<string | undefined> {
  const { arch } = process
  if (arch !== 'x64' && arch !== 'arm64') return undefined
  const fresh = `${path}.${runName()}`
  await writeFile(fresh, filterBytes(seccompFilter(arch)), { mode: 0o600 })
  await rename(fresh, path)
  return path
}

async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin', '/sbin']) {
    const path = join(folder, name)
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return path
  }
  return undefined
}

/**
 * Runs an empty script exactly as a job: that bubblewrap is installed does not say that it may make namespaces.
 * Without the seccomp filter, and for root without `setpriv`, foreign code is not let in at all.
 */
async function works(machine: Machine): Promise<boolean> {
  const { bubblewrap, seccomp, root, setpriv } = machine
  if (bubblewrap === undefined || seccomp === undefined || (root && setpriv === undefined)) return false
  const entry = { host: '/dev/null', inside: '/house/empty.mjs', copied: true }
  const limits = { wallSeconds: 5, cpuSeconds: 5, memoryBytes: 256 * 1024 * 1024, processes: 8, outputBytes: 4096 }
  const gate = await placeEntry('job-gate', root)
  const plan = planJob({ gate, entry, arguments: [], binds: [], limits, joinFiles: [] }, machine)
  const trial = await startJob(plan, { folder: '/', onOverflow: () => {} })
  const timer = setTimeout(trial.kill, limits.wallSeconds * 1000)
  const { exitCode } = await trial.exited
  clearTimeout(timer)
  return exitCode === 0
}
