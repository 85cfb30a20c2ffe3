import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { chmodSync, fchmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { syscallProgram } from './syscall-program.ts'
import { type Architecture, CLONE, FORBIDDEN_SYSCALLS, type SyscallNumbers, syscallNumber } from './syscalls.ts'

/** What the canary is told from outside. */
export interface CanaryOrders {
  /** A file that the house has just written beside its data. */
  readonly secretFile: string
  readonly homeFolder: string
  /** A listener of the house on 127.0.0.1. */
  readonly port: number
  /** The most processes and threads that may exist in the sandbox. */
  readonly tasks: number
}

export interface Probe {
  readonly attack: string
  readonly held: boolean
  /** An errno name or a short list of what was found; never content of a file. */
  readonly seen: string
}

/** Tries every attack but the one on memory, which ends the process that tries it. */
export async function probeAll(orders: CanaryOrders): Promise<readonly Probe[]> {
  return [
    refusal('read the secret file of the house', () => readFileSync(orders.secretFile)),
    refusal('read /etc/passwd', () => readFileSync('/etc/passwd')),
    refusal('list the home folder', () => readdirSync(orders.homeFolder)),
    environment(),
    ...WRITE_TARGETS.map((file) => refusal(`write ${file}`, () => writeFileSync(file, 'x'))),
    refusal('set a variable of the kernel', () => writeFileSync(CORE_PATTERN, readFileSync(CORE_PATTERN))),
    refusal('change a device of the host', () => chmodSync('/dev/null', MODE_OF_DEVICES)),
    refusal('change a device through an inherited file', () => fchmodSync(0, MODE_OF_DEVICES)),
    privileges(),
    interfaces(),
    await connection(orders.port),
    await datagram(),
    ...CALLS.map(forbiddenCall),
    await forking(orders.tasks),
  ]
}

const WRITE_TARGETS = ['/x', '/dev/x', '/usr/x', '/house/x', '/job/x']
/** The program that the kernel starts as root of the host when a process crashes. */
const CORE_PATTERN = '/proc/sys/kernel/core_pattern'
/** What these files have everywhere: an attack that works must not harm the host. */
const MODE_OF_DEVICES = 0o666

function refusal(attack: string, act: () => unknown): Probe {
  try {
    act()
    return { attack, held: false, seen: 'it worked' }
  } catch (error) {
    const code = codeOf(error)
    return { attack, held: ['ENOENT', 'EACCES', 'EPERM', 'EROFS'].includes(code), seen: code }
  }
}

const EXPECTED_VARIABLES = ['ORT_DISABLE_TELEMETRY', 'PWD', 'TZ']

function environment(): Probe {
  const foreign = Object.keys(process.env).filter((name) => !EXPECTED_VARIABLES.includes(name))
  return { attack: 'find secrets in the environment', held: foreign.length === 0, seen: foreign.join(' ') || 'nothing' }
}

/** proc(5) status: a filter is on (2), no new privileges, and no capability in any set. */
function privileges(): Probe {
  const status = readFileSync('/proc/self/status', 'utf8')
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? 'unknown'
  const seen = ['Seccomp', 'NoNewPrivs', 'CapEff', 'CapBnd'].map(field).join(' ')
  return { attack: 'hold a privilege', held: /^2 1 0+ 0+$/.test(seen), seen }
}

/** proc(5) net/dev: two lines of heading, then one line an interface. */
function interfaces(): Probe {
  const lines = readFileSync('/proc/net/dev', 'utf8').trim().split('\n').slice(2)
  const names = lines.map((line) => line.split(':')[0]?.trim() ?? '')
  return { attack: 'see a network interface', held: names.join() === 'lo', seen: names.join(' ') }
}

async function connection(port: number): Promise<Probe> {
  const seen = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve('connected'))
    socket.once('error', (error) => resolve(codeOf(error)))
  })
  return { attack: 'connect to a service of the house', held: seen !== 'connected', seen }
}

async function datagram(): Promise<Probe> {
  const seen = await new Promise<string>((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', (error) => resolve(codeOf(error)))
    socket.bind(0, '127.0.0.1', () => resolve('bound'))
  })
  return { attack: 'open a datagram socket', held: seen !== 'bound', seen }
}

const NEW_USER_NAMESPACE = 0x10000000
const SIGCHLD = 17
/** Arguments that would succeed, or fail with another error than EPERM, if the call were let through. */
const CALLS: readonly (readonly [attack: string, numbers: SyscallNumbers, values: readonly number[]])[] = [
  ['open a network socket (socket)', FORBIDDEN_SYSCALLS.socket, [2, 1, 0]],
  ['enter a new user namespace (unshare)', FORBIDDEN_SYSCALLS.unshare, [NEW_USER_NAMESPACE]],
  ['start a process in a new user namespace (clone)', CLONE, [NEW_USER_NAMESPACE | SIGCHLD]],
  ['set up io_uring', FORBIDDEN_SYSCALLS.io_uring_setup, [1, 0]],
  ['trace a process (ptrace)', FORBIDDEN_SYSCALLS.ptrace, [0]],
  ['load a program into the kernel (bpf)', FORBIDDEN_SYSCALLS.bpf, [0, 0, 0]],
]
const EPERM = 1

function forbiddenCall([attack, numbers, values]: (typeof CALLS)[number]): Probe {
  const number = syscallNumber(numbers, process.arch as Architecture) as number
  const program = install([{ number, arguments: values }])
  const { status, signal } = spawnSync(program, { stdio: 'ignore' })
  return { attack, held: status === EPERM, seen: status === EPERM ? 'EPERM' : `ended with ${status ?? signal}` }
}

const DOUBLINGS = 9
/** `ppoll` without files and without end: sleeps until killed. */
const PPOLL: SyscallNumbers = [271, 73]

/** Doubles itself nine times: 512 processes unless something holds. Then counts what is there. */
async function forking(tasks: number): Promise<Probe> {
  const architecture = process.arch as Architecture
  const clone = { number: syscallNumber(CLONE, architecture) as number, arguments: [SIGCHLD] }
  const wait = { number: syscallNumber(PPOLL, architecture) as number, arguments: [] }
  spawn(install([...Array(DOUBLINGS).fill(clone), wait]), { stdio: 'ignore' })
  const count = await settledCount()
  return { attack: 'fork without end', held: count <= tasks, seen: `${count} processes` }
}

async function settledCount(): Promise<number> {
  let before = 0
  for (let count = processCount(); count !== before; count = processCount()) {
    before = count
    await sleep(8)
  }
  return before
}

function processCount(): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length
}

let installed = 0

function install(calls: Parameters<typeof syscallProgram>[1]): string {
  installed += 1
  const path = `work/call-${installed}`
  writeFileSync(path, syscallProgram(process.arch as Architecture, calls), { mode: 0o700 })
  return path
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'error'
}
