import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Order } from './adapter.ts'
import { sshAdapter } from './ssh-adapter.ts'

const SSHD = '/usr/sbin/sshd'
const user = userInfo().username
const missing = existsSync(SSHD) ? undefined : `SKIPPED: no ${SSHD} (Debian package openssh-server)`
if (missing) console.warn(missing)

const folder = mkdtempSync(join(tmpdir(), 'ssh-'))
const file = (name: string) => join(folder, name)
let port = 0
let daemon: ChildProcess | undefined

const adapter = (knownHosts = file('known_hosts')) =>
  sshAdapter({ hosts: [{ host: '127.0.0.1', port, user }], knownHosts, maxBytes: 10_000 })
const secrets = { reveal: async () => file('user_key') }

function order(command: string, values: Record<string, string> = {}, change: Partial<Order> = {}): Order {
  return {
    command: { type: 'ssh', command },
    agent: { type: 'ssh', name: 'host', address: { ipv4: ['127.0.0.1'] }, port: String(port) },
    authentication: { type: 'user-auth', username: user, kms: true, kms_key_identifier: 'host-key' },
    values: new Map(Object.entries(values)),
    timeoutMs: 10_000,
    ...change,
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port: free } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return free
}

async function untilListening(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true))
      socket.on('error', () => done(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('sshd does not listen')
}

beforeAll(async () => {
  if (missing) return
  for (const key of ['host_key', 'user_key', 'other_key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(key)])
  }
  port = await freePort()
  if (user === 'root') mkdirSync('/run/sshd', { recursive: true })
  writeFileSync(file('authorized_keys'), readFileSync(file('user_key.pub')), { mode: 0o600 })
  const settings = [
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'PidFile none',
  ]
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('host_key')}`,
    `AuthorizedKeysFile ${file('authorized_keys')}`,
  ]
  writeFileSync(file('sshd_config'), [...lines, ...settings, ''].join('\n'))
  const known = (key: string) => `[127.0.0.1]:${port} ${readFileSync(file(`${key}.pub`), 'utf8')}`
  writeFileSync(file('known_hosts'), known('host_key'))
  writeFileSync(file('wrong_hosts'), known('other_key'))
  daemon = spawn(SSHD, ['-D', '-e', '-f', file('sshd_config')], { stdio: 'ignore' })
  await untilListening()
})
afterAll(() => {
  daemon?.kill()
  rmSync(folder, { recursive: true })
})

const send = (made: Order, knownHosts?: string) => adapter(knownHosts).send(adapter(knownHosts).prepare(made), secrets)

describe.skipIf(missing !== undefined)('over a real sshd', () => {
  test('runs a command and takes its JSON as outputs', async () => {
    const answer = await send(
      order('printf \'{"state":"isolated","host":"%s"}\' __host__:value', { __host__: 'web-01' }),
    )
    expect(answer).toMatchObject({
      outcome: 'succeeded',
      outputs: { state: 'isolated', host: 'web-01', exit_status: '0' },
    })
  })

  test('a status other than 0 is a failure with its complaint', async () => {
    expect(await send(order('echo no such host >&2; exit 3'))).toMatchObject({
      outcome: 'failed',
      detail: 'exit 3: no such host',
    })
  })

  test('a host with another key is not spoken to, and one that is not known neither', async () => {
    expect(await send(order('true'), file('wrong_hosts'))).toMatchObject({
      outcome: 'failed',
      outputs: { exit_status: '255' },
    })
    expect(await send(order('true'), file('no_hosts'))).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('exit 255'),
    })
  })

  test('a command cannot pass its own failure off as one of ssh', async () => {
    const answer = await send(order('echo Host key verification failed. >&2; exit 255'))
    expect(answer).toMatchObject({ outcome: 'unknown', detail: 'exit 255: Host key verification failed.' })
  })

  test('a command that takes too long, or says too much, has an unknown outcome', async () => {
    expect(await send(order('sleep 20', {}, { timeoutMs: 2000 }))).toMatchObject({
      outcome: 'unknown',
      detail: 'exit killed',
    })
    expect(await send(order('head -c 100000 /dev/zero; sleep 20'))).toMatchObject({ outcome: 'unknown' })
  })
})
