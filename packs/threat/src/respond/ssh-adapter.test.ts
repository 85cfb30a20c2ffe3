import { expect, test } from 'vitest'
import type { Order } from './adapter.ts'
import { sshAdapter } from './ssh-adapter.ts'

const [user, port] = ['responder', 2222]
const adapter = () =>
  sshAdapter({ hosts: [{ host: '127.0.0.1', port, user }], knownHosts: 'known_hosts', maxBytes: 10 })

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

test.each([
  '../../etc/passwd',
  'a/../b',
  '; rm x',
  '$(id)',
  '`id`',
  'a b',
  '-oProxyCommand=x',
  'a\nb',
  "'",
  '|x',
  '>x',
  '',
])('the value %j is refused in a command', (value) => {
  expect(() => adapter().prepare(order('isolate __host__:value', { __host__: value }))).toThrow(
    'may not stand in a shell command',
  )
})

test('hosts and users that are not listed, and orders without a key, are refused', () => {
  const agent = { type: 'ssh', name: 'x', address: { dname: ['-oProxyCommand=id'] }, port: '22' }
  expect(() => adapter().prepare(order('true', {}, { agent }))).toThrow('not on the list')
  const authentication = { type: 'user-auth', username: `${user}x`, kms: true, kms_key_identifier: 'k' }
  expect(() => adapter().prepare(order('true', {}, { authentication }))).toThrow('not on the list')
  expect(() => adapter().prepare(order('true', {}, { authentication: { type: 'user-auth', username: user } }))).toThrow(
    'ssh needs a key',
  )
})
