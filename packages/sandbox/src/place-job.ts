import { constants } from 'node:fs'
import { access, chown, lstat, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { entryFile, houseRoot } from '@dengta/store'
import { sandboxErrors } from './errors.ts'
import { type Bind, entryInside } from './job-plan.ts'
import { NOBODY } from './nobody.ts'
import type { SandboxJob, SandboxLimits } from './sandbox.ts'
import type { SharedLibraries } from './shared-libraries.ts'

const INPUT_NAME = /^(?!(?:output|work|kept)$)[A-Za-z0-9_][\w.-]{0,99}$/
/** Permission bits for everybody else: reading, and reading and entering. */
const OTHERS_READ = 0o004
const OTHERS_ENTER = 0o005

/** The parts of a job and where they lie. */
export interface JobFiles {
  readonly gate: Bind
  readonly entry: Bind
  readonly inputs: readonly Bind[]
  readonly packages: readonly Bind[]
  /** The folder that outlasts the job. */
  readonly kept: Bind | undefined
  /** Shared libraries that native parts of the packages load. */
  readonly libraries: readonly Bind[]
}

export interface PlaceOptions {
  readonly libraries: SharedLibraries
  /** True if jobs run as another user than the server: they get copies of what they may not read. */
  readonly otherUser: boolean
}

/** Checks a job and finds its files; throws `sandbox.*` for what is missing or malformed. */
export async function placeJob(job: SandboxJob, { libraries, otherUser }: PlaceOptions): Promise<JobFiles> {
  checkLimits(job.limits)
  const names = Object.keys(job.inputs)
  const [gate, entry, inputs, packages] = await Promise.all([
    placeEntry('job-gate', otherUser),
    placeEntry(job.entry, otherUser),
    Promise.all(names.map((name) => placeInput(name, job.inputs[name] as string, otherUser))),
    Promise.all((job.packages ?? []).map((name) => placePackage(name, otherUser))),
  ])
  const needed = await libraries.ofFolders(packages.map((bind) => bind.host))
  return {
    gate,
    entry,
    inputs,
    packages,
    kept: await placeKept(job.keep, otherUser),
    libraries: needed.map((file) => ({ host: file, inside: file, copied: false })),
  }
}

/** Throws `sandbox.entry_missing` for a program that was not built. */
export async function placeEntry(name: string, otherUser: boolean): Promise<Bind> {
  const host = isAbsolute(name) ? name : entryFile(name)
  if (!(await readable(host))) throw sandboxErrors.entry_missing({ entry: name })
  return { host, inside: entryInside(host), copied: otherUser && !(await openToOthers(host, OTHERS_READ)) }
}

async function placeInput(name: string, host: string, otherUser: boolean): Promise<Bind> {
  if (!INPUT_NAME.test(name)) throw sandboxErrors.bad_input_name({ name })
  if (!isAbsolute(host) || !(await readable(host))) throw sandboxErrors.input_missing({ name })
  return { host, inside: `/job/${name}`, copied: otherUser && !(await openToOthers(host, OTHERS_READ)) }
}

async function placePackage(name: string, otherUser: boolean): Promise<Bind> {
  const host = join(houseRoot(), 'node_modules', name)
  if (!(await readable(join(host, 'package.json')))) throw sandboxErrors.package_missing({ name })
  if (otherUser && !(await openToOthers(host, OTHERS_ENTER))) throw sandboxErrors.package_closed({ name })
  return { host, inside: `/house/node_modules/${name}`, copied: false }
}

/** The folder becomes the job's own; throws `sandbox.keep_missing` where it is not an existing folder. */
async function placeKept(host: string | undefined, otherUser: boolean): Promise<Bind | undefined> {
  if (host === undefined) return undefined
  const found = isAbsolute(host) ? await lstat(host).catch(() => undefined) : undefined
  if (!found?.isDirectory()) throw sandboxErrors.keep_missing()
  if (otherUser) await chown(host, NOBODY, NOBODY)
  return { host, inside: '/job/kept', copied: false }
}

function checkLimits(limits: SandboxLimits): void {
  for (const [name, value] of Object.entries(limits))
    if (!(Number.isFinite(value) && value > 0)) throw sandboxErrors.bad_limit({ name, value: String(value) })
}

async function openToOthers(path: string, bits: number): Promise<boolean> {
  return ((await stat(path)).mode & bits) === bits
}

async function readable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  )
}
