import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { access, readdir, readFile, readlink, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { INSIDE } from './cluster-files.ts'
import { slurmErrors } from './slurm-errors.ts'

/**
 * A private network (loopback only), process table, mount table and host name. Whatever is started in it can be reached
 * from nowhere else, and ends when its first process ends.
 */
export interface Namespace {
  /** The process that made it. Its namespaces are joined by the words of `inside`; killing it ends everything within. */
  readonly pid: number
  /** When that process began, in clock ticks since the machine started: tells it from a later one with the same number. */
  readonly born: string
}

const KEPT = z.strictObject({ pid: z.number().int().positive(), born: z.string() })
const fileOf = (folder: string): string => join(folder, 'namespace.json')

/**
 * The first process inside. It waits for ever and takes up orphans, as the first process of a machine does. The second
 * address is for glibc: where 127.0.0.1 is the only one, getaddrinfo with AI_ADDRCONFIG finds nothing to listen on.
 */
const FIRST_PROCESS = `
set -e
hostname localhost
ip link set lo up
ip address add 127.0.0.2/8 dev lo
mount -t tmpfs -o mode=755 dengta /media
mkdir ${INSIDE}
mount --bind "$1" ${INSIDE}
: > ${INSIDE}/run/namespace.ready
trap : TERM INT HUP
set +e
while :; do sleep infinity & wait $!; done
`

const NAMESPACES = ['--net', '--pid', '--mount', '--uts', '--ipc']

/** Words that run a command inside: `[...inside(namespace), 'squeue']`. */
export const inside = ({ pid }: Pick<Namespace, 'pid'>): readonly string[] => [
  ...['nsenter', `--target=${pid}`, '--net', '--mount', '--uts', '--ipc', `--pid=/proc/${pid}/ns/pid_for_children`],
  '--',
]

/** A path of the folder as a process outside can open it: short, so that a socket's name always fits. */
export const fromOutside = ({ pid }: Pick<Namespace, 'pid'>, path: string): string => `/proc/${pid}/root${path}`

/** Makes the namespace for a cluster folder, which must hold `run` and `log`. It outlives the process that asks for it. */
export async function openNamespace(folder: string): Promise<Namespace> {
  const ready = join(folder, 'run', 'namespace.ready')
  await unlink(ready).catch(() => undefined)
  const log = openSync(join(folder, 'log', 'namespace.log'), 'a')
  const words = [
    '--fork',
    '--kill-child',
    '--mount-proc',
    ...NAMESPACES,
    '--',
    'bash',
    '-c',
    FIRST_PROCESS,
    'init',
    folder,
  ]
  const child = spawn('unshare', words, { detached: true, stdio: ['ignore', log, log], cwd: '/' })
  closeSync(log)
  // why it did not start is told below
  child.on('error', () => undefined)
  child.unref()
  const pid = child.pid
  const born = pid === undefined ? undefined : await birthOf(pid)
  if (pid === undefined || born === undefined) throw await whyNot(folder)
  const namespace = { pid, born }
  await keep(folder, namespace)
  for (let turn = 0; turn < 200; turn += 1) {
    if (await exists(ready)) return namespace
    if (!(await isAlive(namespace))) break
    await sleep(25)
  }
  throw await whyNot(folder)
}

/** Whole or not at all: a file torn by a crash would leave a cluster that nobody finds. */
async function keep(folder: string, namespace: Namespace): Promise<void> {
  await writeFile(`${fileOf(folder)}.new`, JSON.stringify(namespace), { mode: 0o600 })
  await rename(`${fileOf(folder)}.new`, fileOf(folder))
}

/** The namespace that was made for this folder, where it still stands: after a crash of ours too. */
export async function findNamespace(folder: string): Promise<Namespace | undefined> {
  const text = await readFile(fileOf(folder), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const kept = KEPT.safeParse(jsonOf(text))
  return kept.success && (await isAlive(kept.data)) ? kept.data : undefined
}

/** A file that a power cut left empty names no namespace: it is gone with the power. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Ends every process inside at once. */
export async function closeNamespace(folder: string, namespace: Namespace): Promise<void> {
  const mark = await markOf(namespace)
  if (await isAlive(namespace)) process.kill(namespace.pid, 'SIGKILL')
  for (let turn = 0; turn < 500 && mark !== undefined && (await processesWith(mark)).length > 0; turn += 1)
    await sleep(20)
  await unlink(fileOf(folder)).catch(() => undefined)
}

/** Process numbers, as this machine counts them, of everything inside. */
export async function processesIn(namespace: Namespace): Promise<readonly number[]> {
  const mark = await markOf(namespace)
  return mark === undefined ? [] : processesWith(mark)
}

/** What the kernel calls the process table of the namespace, such as `pid:[4026532210]`. */
const markOf = ({ pid }: Namespace): Promise<string | undefined> =>
  readlink(`/proc/${pid}/ns/pid_for_children`).catch(() => undefined)

async function processesWith(mark: string): Promise<readonly number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const marks = await Promise.all(numbers.map((pid) => readlink(`/proc/${pid}/ns/pid`).catch(() => '')))
  return numbers.filter((_, index) => marks[index] === mark).map(Number)
}

async function isAlive({ pid, born }: Namespace): Promise<boolean> {
  return (await birthOf(pid)) === born
}

/** Field 22 of /proc/PID/stat; undefined for a process that has ended, also where its parent has not noticed. */
async function birthOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : fields[19]
}

async function whyNot(folder: string) {
  const log = await readFile(join(folder, 'log', 'namespace.log'), 'utf8').catch(() => '')
  return slurmErrors.no_namespaces({ problem: log.trim().split('\n').at(-1) || 'unshare did not start' })
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
