import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Order } from './adapter.ts'
import { sshAdapter } from './ssh-adapter.ts'
import { type Sshd, sshdMissing, startSshd } from './sshd.fixture.ts'

const user = userInfo().username
let sshd: Sshd | undefined
const file = (name: string) => sshd?.file(name) ?? ''

const adapter = (knownHosts = file('known_hosts')) =>
  sshAdapter({ hosts: [{ host: '127.0.0.1', port: sshd?.port ?? 0, user }], knownHosts, maxBytes: 10_000 })
const secrets = { reveal: async () => file('user_key') }

function order(command: string, values: Record<string, string> = {}, change: Partial<Order> = {}): Order {
  return {
    command: { type: 'ssh', command },
    agent: { type: 'ssh', name: 'host', address: { ipv4: ['127.0.0.1'] }, port: String(sshd?.port) },
    authentication: { type: 'user-auth', username: user, kms: true, kms_key_identifier: 'host-key' },
    values: new Map(Object.entries(values)),
    timeoutMs: 10_000,
    ...change,
  }
}

beforeAll(async () => {
  if (sshdMissing === undefined) sshd = await startSshd()
})
afterAll(() => sshd?.stop())

const send = (made: Order, knownHosts?: string) => adapter(knownHosts).send(adapter(knownHosts).prepare(made), secrets)

describe.skipIf(sshdMissing !== undefined)('over a real sshd', () => {
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

  test('a command that was killed half way has an unknown outcome', async () => {
    expect(await send(order("sh -c 'kill -9 $$'; exit $?"))).toMatchObject({
      ...{ outcome: 'unknown', detail: expect.stringMatching(/^exit 137/) },
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

/** Only root may listen there. */
describe.skipIf(sshdMissing !== undefined || user !== 'root')('over a real sshd on the port of ssh', () => {
  test('a pinned key is found, and another one is refused', async () => {
    const usual = await startSshd({ address: '127.0.0.22', port: 22 })
    onTestFinished(() => usual.stop())
    const place = { host: usual.address, port: 22, user }
    const made = order('true', {}, { agent: { type: 'ssh', name: 'host', address: { ipv4: [usual.address] } } })
    const answerTo = (key: string) => {
      const hostKey = readFileSync(usual.file(`${key}.pub`), 'utf8')
        .split(' ', 2)
        .join(' ')
      const pinning = sshAdapter({ hosts: [{ ...place, hostKey }], maxBytes: 10_000 })
      return pinning.send(pinning.prepare(made), { reveal: async () => usual.file('user_key') })
    }
    expect(await answerTo('host_key')).toMatchObject({ outcome: 'succeeded' })
    expect(await answerTo('other_key')).toMatchObject({ outcome: 'failed', outputs: { exit_status: '255' } })
  })
})
