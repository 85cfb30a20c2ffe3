import { expect, test } from 'vitest'
import { isInBlock, readBlock } from './cidr.ts'

test.each([
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.0.0.0/8', '010.0.0.1', false],
  ['10.0.0.0/8', '::ffff:10.0.0.1', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['192.0.2.7', '192.0.2.7', true],
  ['fe80::/10', 'fe80::1%12', true],
  ['fe80::/10', 'FE80:0:0:0:0:0:0:1%eth0', true],
  ['::ffff:0:0/96', '::ffff:10.0.0.1', true],
  ['2001:db8::/33', '2001:db8:8000::', false],
  ['::/0', '::', true],
  ['::/0', '10.0.0.1', false],
  ['::/0', '1:2:3:4:5:6:7::8:9', false],
  ['::/0', '12345::', false],
])('in %s: %s is %s', (block, address, expected) => {
  const read = readBlock(block)
  expect(read && isInBlock(read, address)).toBe(expected)
})

test.each(['10.0.0.1/8', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0/8', 'fe80::1/10', 'fe80::%1/128', '', '::/129'])(
  '%s is no block',
  (text) => {
    expect(readBlock(text)).toBeUndefined()
  },
)
