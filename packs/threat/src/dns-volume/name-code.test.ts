import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { NameCode } from './name-code.ts'
import { encoded, labels, payload } from './tunnel.fixture.ts'

const names = (form: 'hex' | 'base32' | 'base64', bytes: number): string[] =>
  Array.from({ length: 200 }, (_, at) => labels(encoded(payload(`${form}${at}`, bytes), form)))

/** A house that learns every name it has told the bits of. */
function cost(code: NameCode, list: readonly string[]): number {
  let bits = 0
  for (const name of list) {
    bits += code.bits(name)
    code.learn(name)
  }
  return bits
}

describe.each(['hex', 'base32', 'base64'] as const)('%s', (form) => {
  test.each([10, 30, 100])(
    'names of %i random bytes are never told less than they carry, nor half as much again',
    (bytes) => {
      const told = cost(new NameCode(), names(form, bytes))
      const carried = 200 * 8 * bytes
      expect(told).toBeGreaterThanOrEqual(carried)
      expect(told / carried).toBeLessThan(bytes === 10 ? 1.6 : 1.25)
    },
  )
})

test('a tunnel cannot train the code below what it carries', () => {
  const code = new NameCode()
  cost(code, names('hex', 100))
  cost(code, names('hex', 100).reverse())
  const fresh = Array.from({ length: 100 }, (_, at) => encoded(payload(`fresh${at}`, 30), 'hex'))
  expect(cost(code, fresh)).toBeGreaterThanOrEqual(100 * 240)
})

test('names of people become short once the house knows such names; DEFLATE of all of them agrees within a factor of two', () => {
  const hosts = ['www', 'mail', 'cdn', 'static', 'images', 'api', 'login', 'update', 'download', 'news']
  const list = Array.from({ length: 1000 }, (_, at) => `${hosts[at % 10]}${at % 7}.${hosts[(at * 3) % 10]}`)
  const bits = cost(new NameCode(), list) / list.length
  const deflated =
    (8 * deflateRawSync(Buffer.from([...new Set(list)].join('\n')), { level: 9 }).length) / new Set(list).size
  expect(bits).toBeLessThan(2 * deflated)
  expect(bits / 10).toBeLessThan(2.5)
})

test('case carries a bit a letter where a name has both, and nothing in capitals throughout', () => {
  const code = new NameCode()
  expect(code.bits('ABCD')).toBe(code.bits('abcd'))
  expect(code.bits('aBcDeFgH')).toBeCloseTo(code.bits('abcdefgh') + 8 + Math.log2(8), 9)
})
