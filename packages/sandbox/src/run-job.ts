import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { ControlGroup } from './control-groups.ts'
import { type JobFolder, privateFolder, sharedFolder } from './job-folder.ts'
import { type PlacedJob, planJob, RUNTIME_TASKS } from './job-plan.ts'
import { type JobProcess, startJob } from './job-process.ts'
import { watchJob } from './job-watch.ts'
import { watchKept } from './kept-folder.ts'
import type { Machine } from './machine.ts'
import { NOBODY } from './nobody.ts'
import { nameOutcome, outcomeReason } from './outcome.ts'
import { openOutputPipe } from './output-pipe.ts'
import type { JobFiles } from './place-job.ts'
import type { SandboxJob, SandboxLimits, SandboxResult } from './sandbox.ts'

export interface RunContext {
  readonly machine: Machine
  readonly files: JobFiles
  /** Unique on this machine while the job runs. */
  readonly name: string
  readonly workFolder: string
}

interface Place extends RunContext {
  readonly folder: JobFolder
  readonly group: ControlGroup | undefined
}

/** Runs one job to its end and cleans up behind it. The output is kept whatever the outcome. */
export async function runJob(job: SandboxJob, context: RunContext): Promise<SandboxResult> {
  const processes = job.limits.processes + RUNTIME_TASKS
  const group = context.machine.controlGroups?.create(context.name, { ...job.limits, processes })
  try {
    return await runInFolder(job, { ...context, group })
  } finally {
    await group?.remove()
  }
}

async function runInFolder(job: SandboxJob, context: Omit<Place, 'folder'>): Promise<SandboxResult> {
  const folder = await openFolder(context)
  try {
    return await runInside(job, { ...context, folder })
  } finally {
    await folder.remove()
  }
}

function openFolder({ machine, files, workFolder, name }: RunContext): Promise<JobFolder> {
  return machine.bubblewrap === undefined
    ? sharedFolder(name, files, machine.root)
    : privateFolder(join(workFolder, name), files)
}

async function runInside(job: SandboxJob, place: Place): Promise<SandboxResult> {
  const { machine, folder, group } = place
  const overflow = new AbortController()
  const onOverflow = () => overflow.abort()
  const owner = machine.root ? NOBODY : undefined
  const maxBytes = job.limits.outputBytes
  const pipe = await openOutputPipe(join(folder.path, 'output'), { maxBytes, owner, onOverflow })
  try {
    const plan = planJob(placed(job, place, pipe.path), machine)
    const running = await startJob(plan, { folder: folder.path, onOverflow })
    const stops = { overflow: overflow.signal, asked: job.signal, kept: place.files.kept?.host, onOverflow }
    const end = await watchToTheEnd(running, { limits: job.limits, group, ...stops })
    return result(end, pipe.finish(), job.limits)
  } finally {
    pipe.close()
  }
}

function placed(job: SandboxJob, { files, folder, group }: Place, pipe: string): PlacedJob {
  const output = { host: pipe, inside: '/job/output', copied: false }
  const binds = [...files.libraries, ...files.packages, ...files.inputs, output]
  return { ...job, gate: folder.gate, entry: folder.entry, binds, kept: files.kept, joinFiles: group?.joinFiles ?? [] }
}

interface WatchOptions {
  readonly limits: SandboxLimits
  readonly group: ControlGroup | undefined
  readonly overflow: AbortSignal
  /** Aborts when the house itself stops the job. */
  readonly asked: AbortSignal | undefined
  /** Folder that is watched for its size. */
  readonly kept: string | undefined
  readonly onOverflow: () => void
}

async function watchToTheEnd(running: JobProcess, options: WatchOptions) {
  const { limits, group, overflow, asked, kept, onOverflow } = options
  const start = performance.now()
  const kill = () => {
    running.kill()
    void group?.kill()
  }
  const watch = watchJob({ pid: running.pid, limits, group, kill })
  const onAsked = () => watch.stop('stopped')
  const keptWatch = kept === undefined ? undefined : watchKept(kept, { maxBytes: limits.outputBytes, onOverflow })
  overflow.addEventListener('abort', () => watch.stop('output'))
  asked?.addEventListener('abort', onAsked)
  if (asked?.aborted) onAsked()
  const exit = await running.exited
  asked?.removeEventListener('abort', onAsked)
  keptWatch?.close()
  const wallSeconds = (performance.now() - start) / 1000
  running.kill()
  await group?.kill()
  return { ...exit, ...watch.end(), wallSeconds, log: await running.log() }
}

type End = Awaited<ReturnType<typeof watchToTheEnd>>

function result({ usage, wallSeconds, ...end }: End, output: Uint8Array, limits: SandboxLimits): SandboxResult {
  const { exitCode, signal, log } = end
  const cpuSeconds = usage.cpuSeconds ?? 0
  const outcome = nameOutcome({ ...end, cpuSeconds, memoryKills: usage.memoryKills }, limits)
  return {
    ...{ outcome, reason: outcomeReason(outcome, limits), exitCode, signal, output, log },
    ...{ cpuSeconds, wallSeconds, peakBytes: usage.peakBytes ?? 0 },
  }
}
