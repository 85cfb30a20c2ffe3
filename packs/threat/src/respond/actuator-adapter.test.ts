import { expect, test } from 'vitest'
import { actuatorAdapters } from './actuator-adapter.ts'
import { dryRun } from './dry-run.ts'
import { bench, house } from './engine.fixture.ts'

const [simulator] = bench().parts.adapters
const adapters = actuatorAdapters({
  simulator: simulator as NonNullable<typeof simulator>,
  choices: { inForce: () => undefined, ofNumber: () => undefined },
  identities: { reveal: async () => '' },
})
const taken = (address: string) =>
  dryRun(house.get('block-address') as never, { __address__: address }, { adapters }).steps.map(({ open }) => open?.en)

test.each(['203.0.113.9', '10.0.0.0/8', '2001:db8::9', '2001:db8::/32'])('%s can be blocked', (address) => {
  expect(taken(address)).toEqual([undefined, undefined])
})

test.each([
  ['0.0.0.0/0', 'is wider than a /8'],
  ['::/0', 'is wider than a /16'],
  ['::ffff:0:0/96', 'is wider than a /104'],
  ['::ffff:128.0.0.0/97', 'is wider than a /104'],
  ['64:ff9b::/96', 'is wider than a /104'],
  ['203.0.113.9:443', 'is no IPv4 or IPv6 address or block'],
  ['203.0.113.9/24', 'is no IPv4 or IPv6 address or block'],
  ['mail.example', 'is no IPv4 or IPv6 address or block'],
])('%s is not blocked: it %s', (address, why) => {
  for (const open of taken(address)) expect(open).toContain(`"${address}" ${why}`)
})
