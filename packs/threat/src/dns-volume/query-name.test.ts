import { expect, test } from 'vitest'
import { queryNameOf } from './query-name.ts'

test.each([
  ['a.b.example.co.uk', 'a.b', 'example.co.uk'],
  ['WWW.Example.COM.', 'WWW', 'example.com'],
  ['aGVsbG8.t.evil.duckdns.org', 'aGVsbG8.t', 'evil.duckdns.org'],
  ['_ldap._tcp.dc.example.org', '_ldap._tcp.dc', 'example.org'],
  ['4.3.2.1.in-addr.arpa', '4.3', '2.1.in-addr.arpa'],
  ['4.3.32.172.in-addr.arpa', '4.3', '32.172.in-addr.arpa'],
  ['4.3.110.in-addr.arpa', '4', '3.110.in-addr.arpa'],
])('%s carries %s to %s', (name, carried, domain) => {
  expect(queryNameOf(name)).toEqual({ carried, domain })
})

test.each([
  'example.com',
  'com',
  '',
  '.',
  'printer.local',
  'files.corp.lan',
  '_tcp.local',
  'WPAD',
  '10.1.2.3',
  '3.2.1.10.in-addr.arpa',
  '9.8.20.172.in-addr.arpa',
  '1.0.168.192.in-addr.arpa',
  '1.0.64.100.in-addr.arpa',
  '2.1.in-addr.arpa',
])('%s carries nothing to a stranger', (name) => expect(queryNameOf(name)).toBeUndefined())
