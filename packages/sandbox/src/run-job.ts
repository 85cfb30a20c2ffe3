import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { ControlGroup } from './control-groups.ts'
import { type JobFolder, privateFolder, sharedFolder } from './job-folder.ts'
import { planJob, RUNTIME_TASKS } from './job-plan.ts'
import { startJob } from './job-process.ts'
import { watchJob } from './job-watch.ts'
import type { Machine } from './machine.ts'
import { NOBODY } from './nobody.ts'
import { nameOutcome, outcomeReason } from './outcome.ts'
import { openOutputPipe } from './output-pipe.ts'
import type { JobFiles } from './place-job.ts'
import type { SandboxJob, SandboxResult } from './sandbox.ts'

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
  const folder = await openFolder(job, context)
  const processes = job.limits.processes + RUNTIME_TASKS
  const group = context.machine.controlGroups?.create(context.name, { ...job.limits, processes })
  try {
    return await runInside(job, { ...context, folder, group })
  } finally {
    await group?.remove()
    await folder.remove()
  }
}

function openFolder(job: SandboxJob, { machine, workFolder, name }: RunContext): Promise<JobFolder> {
  return machine.bubblewrap === undefined
    ? sharedFolder(job.inputs, machine.root)
    : privateFolder(join(workFolder, name))
}

async function runInside(job: SandboxJob, { machine, files, folder, group }: Place): Promise<SandboxResult> {
  const overflow = new AbortController()
  const onOverflow = () => overflow.abort()
  const owner = machine.root ? NOBODY : undefined
  const pipe = await openOutputPipe(join(folder.path, 'output'), {
    maxBytes: job.limits.outputBytes,
    owner,
    onOverflow,
  })
  const output = { host: pipe.path, inside: '/job/output', copied: false }
  const binds = [...files.libraries, ...files.packages, ...files.inputs, output]
  const placed = { ...job, entry: files.entry, binds, joinFiles: group?.joinFiles ?? [] }
  const start = performance.now()
  const running = await startJob(planJob(placed, machine), { folder: folder.path, onOverflow })
  const kill = () => {
    running.kill()
    void group?.kill()
  }
  const watch = watchJob({ pid: running.pid, limits: job.limits, group, kill })
  overflow.signal.addEventListener('abort', () => watch.stop('output'))
  const { exitCode, signal } = await running.exited
  const wallSeconds = (performance.now() - start) / 1000
  await group?.kill()
  const [written, log] = await Promise.all([pipe.finish(), running.log()])
  const { stoppedFor, usage } = watch.end()
  const cpuSeconds = usage.cpuSeconds ?? 0
  const ending = { stoppedFor, exitCode, signal, cpuSeconds, memoryKills: usage.memoryKills, log }
  const outcome = nameOutcome(ending, job.limits)
  const reason = outcomeReason(outcome, job.limits)
  return {
    outcome,
    reason,
    exitCode,
    signal,
    output: written,
    log,
    cpuSeconds,
    wallSeconds,
    peakBytes: usage.peakBytes ?? 0,
  }
}
