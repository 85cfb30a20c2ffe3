import { expect, test } from 'vitest'
import { type AllowedHost, allowedHost, mayReach, reachOf } from './host-guard.ts'

test.each([
  ['93.184.215.14', 'public'],
  ['2606:2800:220:1::1', 'public'],
  ['10.1.2.3', 'private'],
  ['172.31.0.1', 'private'],
  ['172.32.0.1', 'public'],
  ['100.64.0.1', 'private'],
  ['fd00::1', 'private'],
  ['127.0.0.1', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['::ffff:a9fe:a9fe', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['0.0.0.0', undefined],
  ['::', undefined],
  ['::127.0.0.1', undefined],
  ['224.0.0.1', undefined],
  ['255.255.255.255', undefined],
  ['64:ff9b::7f00:1', undefined],
  ['2002:7f00:1::', undefined],
  ['localhost', undefined],
])('%s is %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach)
})

const hosts: readonly AllowedHost[] = [
  { host: 'api.example' },
  { host: 'fw.internal', port: 8443, reach: 'private' },
  { host: '127.0.0.1', port: 80 },
  { host: '10.0.0.9', reach: 'private' },
  { host: 'soc.example', port: 443 },
]

test.each([
  ['https://api.example/x', true],
  ['https://API.EXAMPLE/x', true],
  ['https://fw.internal:8443/', true],
  ['https://10.0.0.9/', true],
  ['https://soc.example/', true],
  ['https://soc.example:443/', true],
  ['http://soc.example/', 'not on the list'],
  ['https://api.example:80/', 'not on the list'],
  ['http://api.example/', 'over https only'],
  ['https://api.example:8443/', 'not on the list'],
  ['https://fw.internal/', 'not on the list'],
  ['https://api.example.evil.example/', 'not on the list'],
  ['https://api.example@evil.example/', 'a name or a password'],
  ['https://2130706433/', 'not on the list'],
  ['https://0x7f.1/', 'not on the list'],
  ['https://[::1]/', 'not on the list'],
  ['file:///x', 'only http and https'],
])('%s: %s', (url, wanted) => {
  if (wanted === true) expect(allowedHost(new URL(url), hosts).host).toBeTruthy()
  else expect(() => allowedHost(new URL(url), hosts)).toThrow(wanted as string)
})

test('a name may lead only where its entry says, whatever a name server answers', () => {
  const [api, firewall] = hosts as [AllowedHost, AllowedHost]
  expect([mayReach(api, '10.0.0.1'), mayReach(firewall, '10.0.0.1'), mayReach(firewall, '127.0.0.1')]).toEqual([
    false,
    true,
    false,
  ])
})
