import { sha256, utf8 } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint.ts'

/** The example of C2SP tlog-witness, "add-checkpoint". */
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`

test('reads the example of the standard, and writes it again to the same bytes', () => {
  const request = parseAddCheckpoint(EXAMPLE)!
  expect(request).toMatchObject({ oldSize: 20852014, checkpoint: EXAMPLE.slice(EXAMPLE.indexOf('\n\n') + 2) })
  expect(request.proof).toHaveLength(4)
  expect(formatAddCheckpoint(request)).toBe(EXAMPLE)
})

const hashes = (count: number) => Array.from({ length: count }, (_, i) => sha256(utf8(String(i))))
const body = (count: number) => formatAddCheckpoint({ oldSize: 1, proof: hashes(count), checkpoint: 'c\n' })

test('takes up to 63 lines of proof', () => {
  expect(parseAddCheckpoint(body(63))?.proof).toHaveLength(63)
  expect(parseAddCheckpoint(body(64))).toBeUndefined()
})

test.each([
  ['nothing', ''],
  ['no empty line', 'old 1\nabc'],
  ['a leading zero', 'old 01\n\nc\n'],
  ['a negative size', 'old -1\n\nc\n'],
  ['a size beyond exact numbers', 'old 9999999999999999\n\nc\n'],
  ['another word', 'new 1\n\nc\n'],
  ['a short hash', 'old 1\nAAAA\n\nc\n'],
  ['a hash in another spelling', `old 1\n${'A'.repeat(42)}B=\n\nc\n`],
])('refuses %s', (_, text) => {
  expect(parseAddCheckpoint(text)).toBeUndefined()
})
