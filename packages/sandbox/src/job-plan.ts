import { basename, dirname } from 'node:path'
import type { Machine } from './machine.ts'
import { NOBODY } from './nobody.ts'
import type { SandboxLimits } from './sandbox.ts'

/** Threads of Node (7, and 4 of its file pool) and the two processes of bubblewrap, with a little room. */
export const RUNTIME_TASKS = 16
const MIB = 1024 * 1024

/** A file or folder of the host and its place in the sandbox. */
export interface Bind {
  readonly host: string
  readonly inside: string
  /** True for a file that the job's user may not read on the host: it gets a copy in memory. */
  readonly copied: boolean
}

/** A job with every name resolved to a place on the host. */
export interface PlacedJob {
  /** `job-gate`, loaded first. */
  readonly gate: Bind
  readonly entry: Bind
  readonly arguments: readonly string[]
  readonly binds: readonly Bind[]
  /** A folder that the job may write to and that stays. */
  readonly kept?: Bind | undefined
  readonly limits: SandboxLimits
  /** Files of a control group in which the job writes its process id before it starts. */
  readonly joinFiles: readonly string[]
}

export interface Plan {
  readonly command: string
  readonly arguments: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Files to hand over open for reading, as file descriptors 4, 5 and so on; 3 is the gate's. */
  readonly openFiles: readonly string[]
}

/** onnxruntime 1.30 collects telemetry unless told not to; nothing else of the host's environment goes in. */
const ENVIRONMENT = { ORT_DISABLE_TELEMETRY: '1', TZ: 'UTC' } as const
const FIRST_OPEN_FILE = 4

/** The whole command line of a job: join the control group, enter the sandbox, lower the limits, drop the user, start Node. */
export function planJob(job: PlacedJob, machine: Machine): Plan {
  const boxed = machine.bubblewrap !== undefined
  const inner = [...limitCommand(job.limits, machine), ...dropCommand(machine), ...nodeCommand(job, machine)]
  const { flags, openFiles } = boxed ? boxFlags(job, machine) : { flags: [], openFiles: [] }
  const whole = [...joinCommand(job.joinFiles), ...(boxed ? [machine.bubblewrap, ...flags, '--'] : []), ...inner]
  const environment = boxed ? {} : ENVIRONMENT
  return { command: whole[0] as string, arguments: whole.slice(1), environment, openFiles }
}

const JOIN_SCRIPT = 'while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done; shift; exec "$@"'

function joinCommand(files: readonly string[]): readonly string[] {
  return files.length === 0 ? [] : ['/bin/sh', '-c', JOIN_SCRIPT, 'join', ...files, '--']
}

function boxFlags(
  job: PlacedJob,
  machine: Machine,
): { readonly flags: readonly string[]; readonly openFiles: string[] } {
  const openFiles: string[] = []
  const open = (file: string) => String(FIRST_OPEN_FILE + openFiles.push(file) - 1)
  const programs = [machine.node, machine.prlimit, machine.setpriv].filter((file) => file !== undefined)
  const system = [...programs, ...machine.libraries].map((file) => ({ host: file, inside: file, copied: false }))
  const binds = [...system, job.gate, job.entry, ...job.binds]
  const flags = [
    ...isolationFlags(machine.root),
    ...(machine.seccomp === undefined ? [] : ['--seccomp', open(machine.seccomp)]),
    ...foldersAbove(['/dev/null', '/job/work', ...binds.map((bind) => bind.inside)]),
    ...DEVICES.flatMap((device) => ['--dev-bind', device, device]),
    ...binds.flatMap((bind) => bindFlags(bind, open)),
    ...['--perms', '0777', '--size', String(job.limits.outputBytes), '--tmpfs', '/job/work'],
    ...(job.kept === undefined ? [] : ['--bind', job.kept.host, job.kept.inside]),
    ...['--remount-ro', '/', '--chdir', '/job'],
  ]
  return { flags, openFiles }
}

const DEVICES = ['/dev/null', '/dev/zero', '/dev/urandom']

/**
 * Root makes the namespaces itself and keeps only what `setpriv` needs to become nobody on the host too: as root mapped
 * into a user namespace a job would still own the files of root, /proc/sys/kernel/core_pattern among them.
 */
function isolationFlags(root: boolean): readonly string[] {
  return [
    ...(root ? ROOT_FLAGS : USER_FLAGS),
    ...['--die-with-parent', '--new-session', '--clearenv'],
    ...Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--proc', '/proc', '--remount-ro', '/proc'],
  ]
}

const ROOT_FLAGS = [
  ...['--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup'],
  ...['--cap-drop', 'ALL', ...['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((name) => ['--cap-add', name])],
]

const USER_FLAGS = [
  ...['--unshare-user', '--unshare-all', '--disable-userns', '--cap-drop', 'ALL'],
  ...['--uid', String(NOBODY), '--gid', String(NOBODY)],
]

/** Every folder above the places, parents first: bubblewrap's own would be closed to nobody. */
function foldersAbove(places: readonly string[]): readonly string[] {
  const folders = new Set<string>()
  for (const place of places)
    for (let folder = dirname(place); folder !== '/'; folder = dirname(folder)) folders.add(folder)
  return [...folders].sort().flatMap((folder) => ['--dir', folder])
}

function bindFlags({ host, inside, copied }: Bind, open: (file: string) => string): readonly string[] {
  return copied ? ['--perms', '0444', '--ro-bind-data', open(host), inside] : ['--ro-bind', host, inside]
}

/** The kernel counts tasks by user: in a user namespace those of one job, else those of every job on the machine. */
const SHARED_TASKS = 1024

/**
 * Limits of each process, under the limits of the group. `--data` only where no group counts memory: it counts what
 * may be written, untouched reserves included, so it lies above the limit that the watch holds.
 */
function limitCommand(limits: SandboxLimits, machine: Machine): readonly string[] {
  if (machine.prlimit === undefined) return []
  const cpu = Math.max(1, Math.ceil(limits.cpuSeconds))
  const counted = machine.controlGroups?.controllers
  return [
    machine.prlimit,
    `--cpu=${cpu}:${cpu}`,
    `--fsize=${limits.outputBytes}:${limits.outputBytes}`,
    ...['--core=0:0', '--nofile=256:256'],
    ...(counted?.has('memory') ? [] : [`--data=${limits.memoryBytes + 512 * MIB}`]),
    ...(counted?.has('pids') ? [] : [`--nproc=${machine.root ? SHARED_TASKS : limits.processes + RUNTIME_TASKS}`]),
  ]
}

const DROP_USER = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups']
const DROP_CAPABILITIES = ['--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all']

function dropCommand({ root, setpriv, bubblewrap }: Machine): readonly string[] {
  const bare = bubblewrap === undefined
  if (setpriv === undefined || !(root || bare)) return []
  return [
    setpriv,
    ...(root ? [...DROP_USER, ...DROP_CAPABILITIES] : []),
    ...(bare ? ['--no-new-privs', '--pdeathsig', 'KILL'] : []),
  ]
}

/** The heap may take three quarters of the memory; V8 must not plan with the memory of the whole machine. */
function nodeCommand({ limits, gate, entry, arguments: values }: PlacedJob, machine: Machine): readonly string[] {
  const heap = Math.max(16, Math.floor((limits.memoryBytes * 0.75) / MIB))
  const place = machine.bubblewrap === undefined ? 'host' : 'inside'
  return [machine.node, `--max-old-space-size=${heap}`, '--import', gate[place], entry[place], ...values]
}

/** Where an entry script lies inside; the ending makes Node read it as a module. */
export function entryInside(entry: string): string {
  return `/house/${basename(entry).replace(/\.[cm]?js$/, '')}.mjs`
}
