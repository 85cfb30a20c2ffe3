import { expect, test } from 'vitest'
import { LogLines } from '../ingest/syslog/log-lines.ts'
import { normalise } from '../match/plain-matcher.ts'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { readMappings } from '../normalise/read-mapping.ts'
import { entitiesOf } from './event-entities.ts'

const VPN = `format: vpn
has: [gateway, login]
fields: {Computer: [gateway], User: [login], SourceIp: [from], Image: [client.path]}
`
const formats: readonly Format[] = [...readMappings([{ name: 'vpn.yml', text: VPN }]), ...(await loadMappings())]
const entities = (event: object) => entitiesOf(normalise(event, formats).view)

test('host, account, process and addresses are read through the mapping of the event', () => {
  const event = { gateway: 'gw-1', login: 'eve', from: '203.0.113.9', client: { path: '/bin/vpn' } }
  expect(entities(event)).toEqual({
    ...{ host: 'gw-1', account: 'eve', process: '/bin/vpn', addresses: ['203.0.113.9'] },
  })
})

test('the host of a syslog line is the one that its sender states', () => {
  const [line = ''] = new LogLines({ onFault: () => undefined, now: () => 0 })
    .push('<38>Nov 22 08:00:00 web-1 sshd[7]: Failed password for root')
    .split('\n')
  expect(entities(JSON.parse(line)).host).toBe('web-1')
})

test.each([
  ['winlogbeat', { winlog: { channel: 'Security', computer_name: 'pc-7', event_data: { TargetUserName: 'bob' } } }],
  ['tagged', { _product: 'windows', Computer: 'pc-7', TargetUserName: 'bob' }],
  ['no known form', { host: { name: 'pc-7' }, user: { name: 'bob' } }],
  ['no known form, flat', { 'host.name': 'pc-7', acct: 'bob' }],
])('%s', (_, event) => {
  expect(entities(event)).toEqual({ host: 'pc-7', account: 'bob', addresses: [] })
})

test('what says nothing is passed over, long values are cut', () => {
  expect(entities({ Computer: '-', host: 'h', SourceIp: '127.0.0.1', ip: '::1' })).toEqual({ host: 'h', addresses: [] })
  expect(entities({ Computer: 'x'.repeat(1000) }).host).toHaveLength(256)
  expect(entities({ Computer: true, User: null })).toEqual({ addresses: [] })
})
