import { existsSync, mkdirSync, statSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findMachine } from './find-machine.ts'
import type { Machine } from './machine.ts'
import { sandboxOn } from './open-sandbox.ts'
import type { SandboxJob, SandboxLimits, SandboxOutcome } from './sandbox.ts'
import { syscallProgram } from './syscall-program.ts'
import type { Architecture } from './syscalls.ts'
import { LIMITS, testHouse, told } from './test-house.ts'

const house = testHouse()
mkdirSync(house.workFolder)
const secret = house.file('the hidden rows')
const machine = await findMachine(house.workFolder)
const boxed = machine.bubblewrap !== undefined
if (!boxed) console.log('SKIPPED: hostile jobs, because bubblewrap does not work on this machine')

let listener: Server
let visitors = 0
let port = 0
beforeAll(async () => {
  listener = createServer(() => {
    visitors += 1
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  port = (listener.address() as AddressInfo).port
})
afterAll(() => {
  listener.close()
  house.remove()
})

interface Case {
  readonly attack: string
  readonly script: string
  readonly limits?: Partial<SandboxLimits>
  readonly outcome: SandboxOutcome | readonly SandboxOutcome[]
  readonly tells?: unknown
}

const MIB = 1024 * 1024
const SHORT = { wallSeconds: 0.6 }
const allocate = (what: string) => `const held = []; for (;;) held.push(${what})`

const RESOURCES: readonly Case[] = [
  { attack: 'an endless loop', script: 'for (;;);', limits: SHORT, outcome: 'wall_time' },
  { attack: 'waiting without end', script: 'setInterval(() => {}, 1000)', limits: SHORT, outcome: 'wall_time' },
  {
    attack: 'ignoring every signal that can be ignored',
    script: `for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU', 'SIGXFSZ']) process.on(s, () => {}); for (;;);`,
    limits: SHORT,
    outcome: 'wall_time',
  },
  { attack: 'burning processor time', script: 'for (;;);', limits: { cpuSeconds: 0.4 }, outcome: 'cpu_time' },
  {
    attack: 'burning it in threads',
    script: `const { Worker } = await import('node:worker_threads')
      for (let i = 0; i < 3; i += 1) new Worker('for (;;);', { eval: true })`,
    limits: { cpuSeconds: 0.6 },
    outcome: 'cpu_time',
  },
  {
    attack: 'asking for 8 GB',
    script: 'const held = [4, 4].map((gb) => Buffer.alloc(gb * 2 ** 30 - 1, 1))',
    outcome: 'memory',
  },
  { attack: 'hoarding buffers', script: allocate(`Buffer.alloc(${8 * MIB}, 1)`), outcome: 'memory' },
  { attack: 'hoarding objects', script: allocate('{ a: [1, 2, 3] }'), outcome: 'memory' },
  { attack: 'too much output', script: `fs.writeFileSync('output', Buffer.alloc(${2 * MIB}))`, outcome: 'output' },
  {
    attack: 'output without end',
    script: `const file = fs.openSync('output', 'w'); for (;;) fs.writeSync(file, 'x'.repeat(65536))`,
    outcome: 'output',
  },
  { attack: 'printing without end', script: `for (;;) fs.writeSync(1, 'x'.repeat(65536))`, outcome: 'output' },
  {
    attack: 'printing to the error stream without end',
    script: `for (;;) fs.writeSync(2, 'y'.repeat(65536))`,
    outcome: 'output',
  },
  {
    attack: 'starting threads without end',
    script: `const { Worker } = await import('node:worker_threads')
      for (;;) { new Worker('setInterval(() => {}, 1000)', { eval: true }); await new Promise((r) => setTimeout(r, 1)) }`,
    limits: { wallSeconds: 2, memoryBytes: 512 * MIB },
    outcome: ['failed', 'wall_time', 'memory'],
  },
  {
    attack: 'crashing',
    script: 'process.abort()',
    outcome: 'failed',
  },
  { attack: 'pretending to be killed', script: 'process.exit(137)', outcome: 'failed' },
]

const boxedOnly: readonly Case[] = [
  { attack: 'a big temporary file', script: `fs.writeFileSync('work/a', Buffer.alloc(${2 * MIB}))`, outcome: 'output' },
  {
    attack: 'many temporary files',
    script: `tell(attempt(() => { for (let i = 0; ; i += 1) fs.writeFileSync('work/' + i, Buffer.alloc(100_000)) }))`,
    outcome: 'ok',
    tells: 'ENOSPC',
  },
  {
    attack: 'reading files of the host',
    script: `tell(['/etc/passwd', '/etc/shadow', '/etc/hostname', process.argv[2], '/root/.ssh', '/home', '/tmp', '/sys/class']
      .map((file) => attempt(() => fs.statSync(file))))`,
    outcome: 'ok',
    tells: Array(8).fill('ENOENT'),
  },
  {
    attack: 'reading devices',
    script: `tell(['/dev/mem', '/dev/kmsg', '/dev/vda', '/dev/tty', '/dev/kvm'].map((file) => attempt(() => fs.openSync(file))))`,
    outcome: 'ok',
    tells: Array(5).fill('ENOENT'),
  },
  {
    attack: 'reading the memory of the first process',
    script: `tell(['/proc/1/environ', '/proc/1/mem', '/proc/1/maps'].map((file) => attempt(() => fs.readFileSync(file)))
      .concat(attempt(() => fs.readdirSync('/proc/1/root/home'))).map((code) => code !== 'it worked'))`,
    outcome: 'ok',
    tells: [true, true, true, true],
  },
  {
    attack: 'seeing other processes',
    script: `tell(fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length <= 2)`,
    outcome: 'ok',
    tells: true,
  },
  {
    attack: 'reading secrets from the environment',
    script: 'tell(Object.keys(process.env).sort())',
    outcome: 'ok',
    tells: ['ORT_DISABLE_TELEMETRY', 'PWD', 'TZ'],
  },
  {
    attack: 'writing everywhere',
    script: `tell(['/a', '/dev/a', '/usr/a', '/usr/bin/node', '/house/a', '/job/a', '/proc/a', process.argv[1]]
      .map((file) => attempt(() => fs.writeFileSync(file, 'x')) !== 'it worked'))`,
    outcome: 'ok',
    tells: Array(8).fill(true),
  },
  {
    attack: 'changing variables of the kernel',
    script: `tell(['kernel/core_pattern', 'kernel/hostname', 'vm/swappiness', 'kernel/sysrq']
      .map((name) => attempt(() => fs.writeFileSync('/proc/sys/' + name, fs.readFileSync('/proc/sys/' + name))) !== 'it worked'))`,
    outcome: 'ok',
    tells: [true, true, true, true],
  },
  {
    attack: 'changing devices of the host, by name and by inherited file',
    script: `tell([attempt(() => fs.chmodSync('/dev/null', 0o666)), attempt(() => fs.fchmodSync(0, 0o666)),
      attempt(() => fs.utimesSync('/dev/urandom', 1, 1))])`,
    outcome: 'ok',
    tells: ['EPERM', 'EPERM', 'EPERM'],
  },
  {
    attack: 'changing what it was given',
    script: `tell(['chmodSync', 'unlinkSync'].map((name) => attempt(() => fs[name]('rows', 0o777)))
      .concat(attempt(() => fs.writeFileSync('rows', 'forged')), attempt(() => fs.renameSync('output', 'work/o')))
      .map((code) => code !== 'it worked'))`,
    outcome: 'ok',
    tells: [true, true, true, true],
  },
  {
    attack: 'finding open files of the server',
    script: `tell(fs.readdirSync('/proc/self/fd').map((fd) => { try { return fs.readlinkSync('/proc/self/fd/' + fd) } catch { return '' } })
      .filter((name) => name.startsWith('/') && name !== '/dev/null' && !name.startsWith('/proc/')))`,
    outcome: 'ok',
    tells: [],
  },
  {
    attack: 'connecting to the house over TCP',
    script: `const { connect } = await import('node:net')
      connect(Number(process.argv[3]), '127.0.0.1').on('connect', () => tell('connected')).on('error', (e) => tell(e.code))`,
    outcome: 'ok',
    tells: 'EPERM',
  },
  {
    attack: 'listening',
    script: `const { createServer } = await import('node:net')
      createServer().listen(0).on('listening', () => tell('listening')).on('error', (e) => tell(e.code))`,
    outcome: 'ok',
    tells: 'EPERM',
  },
  {
    attack: 'a datagram',
    script: `const { createSocket } = await import('node:dgram')
      createSocket('udp6').on('error', (e) => tell(e.code)).bind(0, () => tell('bound'))`,
    outcome: 'ok',
    tells: 'EPERM',
  },
  {
    attack: 'an abstract socket, which has no file',
    script: `const { connect } = await import('node:net')
      connect('\\0/tmp/.X11-unix/X0').on('connect', () => tell('connected')).on('error', (e) => tell(e.code))`,
    outcome: 'ok',
    tells: 'EPERM',
  },
  {
    attack: 'a name service as a way out',
    script: `const { lookup } = await import('node:dns'); lookup('leak.example', (error) => tell(error?.code ?? 'resolved'))`,
    outcome: 'ok',
    tells: 'EAI_AGAIN',
  },
  {
    attack: 'killing everything it can reach',
    script: `process.on('exit', () => {}); tell(attempt(() => process.kill(1, 'SIGKILL'))); process.kill(-1, 'SIGKILL')`,
    outcome: 'failed',
  },
  {
    attack: 'a fork bomb in machine code',
    script: `fs.copyFileSync('bomb', 'work/bomb'); fs.chmodSync('work/bomb', 0o700)
      const { spawn } = await import('node:child_process')
      for (let i = 0; i < 20; i += 1) spawn('work/bomb', { stdio: 'ignore', detached: true }).on('error', () => {})
      setTimeout(() => { tell(fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length <= 32); process.exit() }, 200)`,
    outcome: 'ok',
    tells: true,
  },
  {
    attack: 'a process in its own session that outlives the job',
    script: `fs.copyFileSync('bomb', 'work/bomb'); fs.chmodSync('work/bomb', 0o700)
      const { spawn } = await import('node:child_process')
      spawn('work/bomb', { stdio: 'inherit', detached: true }).unref(); tell('gone')`,
    outcome: 'ok',
    tells: 'gone',
  },
  {
    attack: 'a program with the set-user-id bit',
    script: `fs.copyFileSync('status', 'work/status'); fs.chmodSync('work/status', 0o6755)
      const { spawnSync } = await import('node:child_process')
      tell(spawnSync('work/status', { stdio: 'ignore' }).status)`,
    outcome: 'ok',
    tells: 1,
  },
  {
    attack: 'remounting to write',
    script: `const { spawnSync } = await import('node:child_process')
      fs.copyFileSync('mount', 'work/mount'); fs.chmodSync('work/mount', 0o700)
      tell(spawnSync('work/mount', { stdio: 'ignore' }).status)`,
    outcome: 'ok',
    tells: 1,
  },
]

const architecture = process.arch as Architecture
const numbers =
  architecture === 'x64'
    ? { clone: 56, ppoll: 271, setuid: 105, mount: 165 }
    : { clone: 220, ppoll: 73, setuid: 146, mount: 40 }
const program = (...calls: [number: number, ...values: number[]][]) =>
  house.file(
    syscallProgram(
      architecture,
      calls.map(([number, ...values]) => ({ number, arguments: values })),
    ),
  )
const NATIVE = {
  bomb: program(...Array.from({ length: 9 }, (): [number, number] => [numbers.clone, 17]), [numbers.ppoll]),
  status: program([numbers.setuid, 0]),
  mount: program([numbers.mount, 0, 0, 0, 32]),
}

/** Runs a case and holds it to its limit and one second. */
async function check(on: Machine, { script, limits, outcome, tells }: Case): Promise<void> {
  const inputs = { ...NATIVE, rows: house.file('a,b') }
  const whole = { ...LIMITS, ...limits }
  const job: SandboxJob = house.job(script, { inputs, arguments: [secret, String(port)], limits: whole })
  const start = performance.now()
  const result = await sandboxOn(on, house.workFolder).run({ ...job, untrusted: on.bubblewrap !== undefined })
  const seconds = (performance.now() - start) / 1000
  expect({ outcome: [outcome].flat(), log: result.log }).toMatchObject({
    outcome: expect.arrayContaining([result.outcome]),
  })
  expect(told(result.output)).toEqual(tells)
  expect(result.log.length).toBeLessThanOrEqual(16 * 1024)
  expect(seconds).toBeLessThan(whole.wallSeconds + 1)
  expect(visitors).toBe(0)
}

const uncounted: Machine = { ...machine, controlGroups: undefined }
describe.runIf(boxed)('in bubblewrap without control groups, a job is held that tries', () => {
  test.each(RESOURCES)('$attack', (attack) => check(uncounted, attack))
})

const bare: Machine = { ...machine, bubblewrap: undefined, seccomp: undefined }
describe('at level process, our own program is held that goes wrong by', () => {
  test.each(RESOURCES)('$attack', (attack) => check(bare, attack))

  test('and foreign code is refused, not started', async () => {
    const result = await sandboxOn(bare, house.workFolder).run(house.job(`tell('started')`))
    expect(result).toMatchObject({ outcome: 'refused', output: new Uint8Array(), exitCode: undefined })
    expect(result.reason?.en).toContain('install bubblewrap')
  })
})

describe.runIf(boxed)('in bubblewrap, a job is held that tries', () => {
  test.each([...RESOURCES, ...boxedOnly])('$attack', (attack) => check(machine, attack))

  test('and nothing of it is left on the host', async () => {
    const groups = () => machine.controlGroups?.list() ?? []
    const seen = groups().filter((name) => name.includes(String(process.pid)))
    // Jobs of other tests in this process come and go; what is left behind stays.
    await vi.waitFor(() => expect(groups().filter((name) => seen.includes(name))).toEqual([]), { timeout: 20_000 })
    expect(statSync('/dev/null').mode & 0o777).toBe(0o666)
    expect(existsSync('/a')).toBe(false)
  })
})
