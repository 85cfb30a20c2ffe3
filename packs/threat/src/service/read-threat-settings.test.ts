import { expect, test } from 'vitest'
import { readThreatSettings } from './read-threat-settings.ts'

const read = (env: Record<string, string>) => readThreatSettings(env, 'data')

test('nothing is open unless it is set', () => {
  expect(read({})).toEqual({ dataFolder: 'data' })
  expect(read({ DENGTA_THREAT_SYSLOG_PORT: '', DENGTA_THREAT_NATS: '', DENGTA_THREAT_FOLDER: '' })).toEqual({
    dataFolder: 'data',
  })
})

test('how long rows are kept is a whole number within its bounds', () => {
  const keeping = { DENGTA_THREAT_KEEP_DAYS: '30', DENGTA_THREAT_KEEP_GROUPS: '200000' }
  expect(read(keeping).retention).toEqual({ days: 30, groups: 200_000 })
  expect(read({ DENGTA_THREAT_KEEP_DAYS: '7' }).retention).toEqual({ days: 7 })
  for (const [name, value] of [
    ['DENGTA_THREAT_KEEP_DAYS', '0'],
    ['DENGTA_THREAT_KEEP_DAYS', '1.5'],
    ['DENGTA_THREAT_KEEP_GROUPS', '999'],
  ] as const)
    expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ code: 'threat.bad_keeping' }))
})

test('every source and both folders are taken up', () => {
  const env = {
    DENGTA_THREAT_RULES: 'rules',
    DENGTA_THREAT_MAPPINGS: 'forms',
    DENGTA_THREAT_HTTP_PORT: '4592',
    DENGTA_THREAT_SYSLOG_PORT: '5514',
    DENGTA_THREAT_SYSLOG_SENDERS: '192.0.2.0/24, 198.51.100.7',
    DENGTA_THREAT_NATS: 'nats://127.0.0.1:4222/logs?subject=vpn.%3E',
    DENGTA_THREAT_FOLDER: '/var/log/vpn',
    DENGTA_THREAT_HOST: '0.0.0.0',
    DENGTA_THREAT_TOKEN: 'sixteen-letters!',
  }
  expect(read(env)).toEqual({
    ...{ dataFolder: 'data', rules: 'rules', mappings: 'forms', folder: '/var/log/vpn' },
    http: { port: 4592, host: '0.0.0.0', token: 'sixteen-letters!' },
    syslog: { port: 5514, host: '0.0.0.0', senders: ['192.0.2.0/24', '198.51.100.7'] },
    nats: { servers: 'nats://127.0.0.1:4222', stream: 'logs', consumer: 'dengta', subject: 'vpn.>' },
  })
})

test('who Dengta is to NATS stands in the address, and in no other place', () => {
  const { nats } = read({ DENGTA_THREAT_NATS: 'nats://eve:p%40ss@nats.example:4222/logs?consumer=two' })
  expect(nats).toEqual({
    ...{ servers: 'nats://nats.example:4222', stream: 'logs', consumer: 'two', user: 'eve', password: 'p@ss' },
  })
  expect(read({ DENGTA_THREAT_NATS: 'nats://secret@nats.example/logs' }).nats).toMatchObject({ token: 'secret' })
})

test.each(['4222', 'nats://host', 'nats://host/', 'nats://secret@host/a.b', 'http://secret@host/logs', 'nats://h/%FF'])(
  'an address of NATS that is none is refused without showing it: %s',
  (value) => {
    const refused = expect(() => read({ DENGTA_THREAT_NATS: value }))
    refused.toThrow(/^DENGTA_THREAT_NATS is no address of a stream; ((?!secret).)*$/)
  },
)

test('senders that are left empty are as if they were not set; an empty place among them is passed over', () => {
  const syslog = { DENGTA_THREAT_SYSLOG_PORT: '5514' }
  expect(read({ ...syslog, DENGTA_THREAT_SYSLOG_SENDERS: '' }).syslog).toEqual({ port: 5514 })
  expect(read({ ...syslog, DENGTA_THREAT_SYSLOG_SENDERS: ' 192.0.2.1, ' }).syslog).toEqual({
    ...{ port: 5514, senders: ['192.0.2.1'] },
  })
})

test('a port out of range is refused by its name', () => {
  expect(() => read({ DENGTA_THREAT_SYSLOG_PORT: '70000' })).toThrow('DENGTA_THREAT_SYSLOG_PORT is "70000"')
})

test('the limit of a line holds for every source of lines over the network, and a wrong one is refused', () => {
  const sources = { DENGTA_THREAT_TCP_PORT: '0', DENGTA_THREAT_HTTP_PORT: '0', DENGTA_THREAT_NATS: 'nats://a/S' }
  const { tcp, http, nats } = read({ ...sources, DENGTA_THREAT_MAX_LINE: '65536' })
  expect([tcp, http, nats].map((each) => each?.maxLineBytes)).toEqual([65_536, 65_536, 65_536])
  for (const wrong of ['1 MiB', '65535', '16777217'])
    expect(() => read({ DENGTA_THREAT_MAX_LINE: wrong })).toThrow(
      expect.objectContaining({ code: 'threat.bad_line_limit' }),
    )
})

test('how far an event may lie ahead of its receipt is a number of seconds, up to a day', () => {
  expect(read({ DENGTA_THREAT_AHEAD_SECONDS: '28800' })).toEqual({ dataFolder: 'data', aheadMs: 28_800_000 })
  for (const wrong of ['0', '86401', '5m'])
    expect(() => read({ DENGTA_THREAT_AHEAD_SECONDS: wrong })).toThrow(
      expect.objectContaining({ code: 'threat.bad_ahead' }),
    )
})
