import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstat, mkdir, opendir, readdir } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import type { Sandbox, SandboxLimits, SandboxResult } from '@dengta/sandbox'
import type { Order } from '../executor/executor.ts'
import { localErrors } from './local-errors.ts'

export interface RunOptions {
  readonly sandbox: Sandbox
  readonly limits: SandboxLimits
  /** Where its checkpoints stay between runs. */
  readonly keep: string
  readonly signal: AbortSignal
}

/** Throws `local.command` for anything but a Node program by its path. */
export function checkCommand({ job, command: [program, script] }: Order): void {
  if (program !== 'node' || script === undefined || !isAbsolute(script)) throw localErrors.command({ job })
}

/** Runs an order's program in the sandbox, with its checkpoints of earlier runs in `DENGTA_CHECKPOINT`. */
export async function runOrder(order: Order, { sandbox, limits, keep, signal }: RunOptions): Promise<SandboxResult> {
  const [, script, ...values] = order.command
  await mkdir(keep, { recursive: true, mode: 0o700 })
  return sandbox.run({
    entry: 'compute-job',
    arguments: values,
    inputs: { 'program.mjs': script! },
    limits: { ...limits, wallSeconds: order.minutes * 60 },
    untrusted: true,
    keep,
    signal,
  })
}

const foldersIn = (folder: string): string => join(folder, 'checkpoints')

/** The folder of a job's checkpoints: names of jobs are for people, names of folders are digests. */
export function checkpointFolder(folder: string, job: string): string {
  return join(foldersIn(folder), createHash('sha256').update(job).digest('hex').slice(0, 32))
}

export const dropCheckpoints = (folder: string, job: string): Promise<void> => drop(checkpointFolder(folder, job))

/** What a house that was killed left of jobs that are over: all but those of `open` jobs. */
export async function dropStrayCheckpoints(folder: string, open: readonly string[]): Promise<void> {
  const kept = new Set(open.map((job) => checkpointFolder(folder, job)))
  const names = await readdir(foldersIn(folder)).catch(() => [])
  for (const path of names.map((name) => join(foldersIn(folder), name))) if (!kept.has(path)) await drop(path)
}

/** By the system's own program: a job may have made paths that are too long for anything that names them whole. */
async function drop(path: string): Promise<void> {
  await promisify(execFile)('rm', ['-rf', '--', path])
}

/** So many files of a job are looked at; where it has more, its folder says when one was last made or put in place. */
const MOST_FILES = 100

/** When a job last changed a file of its checkpoints, by the kernel's own clock, which the job cannot set. */
export async function lastCheckpoint(folder: string, job: string): Promise<number | undefined> {
  const keep = checkpointFolder(folder, job)
  const files = (await firstNames(keep).catch(() => [])).map((name) => join(keep, name))
  if (files.length === 0) return undefined
  const changed = (path: string): Promise<number> =>
    lstat(path).then(
      ({ ctimeMs }) => ctimeMs,
      () => 0,
    )
  return Math.max(...(await Promise.all((files.length < MOST_FILES ? files : [keep, ...files]).map(changed))))
}

async function firstNames(folder: string): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of await opendir(folder)) if (names.push(name) >= MOST_FILES) break
  return names
}

/** The same of several jobs, by name; those without any are left out. */
export async function lastCheckpoints(folder: string, jobs: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const times = await Promise.all(jobs.map((job) => lastCheckpoint(folder, job)))
  return new Map(jobs.flatMap((job, k) => (times[k] === undefined ? [] : [[job, times[k]] as const])))
}
