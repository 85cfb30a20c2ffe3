import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
