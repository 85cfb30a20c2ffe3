import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { nativeRegex } from './native-regex.ts'

const PATTERNS: readonly [string, readonly ('i' | 's')[]][] = [
  ['a.{2,}b', []],
  ['\\\\[a-zA-Z0-9]{1,3}\\.[ab]{1,2}\\.[ "\']{1}', []],
  ['(?i)\\s\\$\\{?env', []],
  ['^x\\S+y$', ['i']],
  ['(?:\\{\\d\\})+"\\s*-f', []],
  ['[^a\\s]b|c[]x-z^]', []],
  ['a.b', ['s']],
  ['\\bset\\b(?:x|yz)?', ['i']],
  ['\\w+`(?:\\w+|-|.)`[\\w+|\\s]', []],
]
const ALPHABET = [
  'a',
  'B',
  'x',
  'y',
  '.',
  '\\',
  ' ',
  '\n',
  '\r',
  '\v',
  '"',
  '{',
  '1',
  '}',
  '-',
  'f',
  '`',
  ']',
  '$',
  'e',
  'n',
  'v',
  'set',
]

function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test.each(PATTERNS)('%s means the same to both engines', (source, flags) => {
  const native = nativeRegex(source, flags)
  if (!native) throw new Error('not taken')
  const linear = RE2JS.compile(
    source,
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (flags.includes('s') ? RE2JS.DOTALL : 0),
  )
  const below = random(7)
  for (let round = 0; round < 4000; round += 1) {
    const text = Array.from({ length: below(14) }, () => ALPHABET[below(ALPHABET.length)]).join('')
    const expected = linear.test(text)
    expect(native.regex.test(text), JSON.stringify(text)).toBe(expected)
    if (expected) expect(text.length).toBeGreaterThanOrEqual(native.minLength)
  }
})

test.each([
  '(a+)+$',
  '(a|aa)*b',
  '(?:a*b?)+',
  '(?P<n>a)',
  'a\\x41',
  '[[:alpha:]]',
  'é',
  '(?s)a',
  'a{2}{3}',
  '\\Qa\\E',
  'a(?i)b',
])('%s is left to RE2', (source) => {
  expect(nativeRegex(source, [])).toBeUndefined()
})

test('the worst case is counted, and is not exceeded', () => {
  const native = nativeRegex('a.*b.*c', [])
  expect(native?.steps(100)).toBe(100 ** 3)
  const began = performance.now()
  native?.regex.test('a'.repeat(40) + 'b'.repeat(120))
  expect(performance.now() - began).toBeLessThan(1000)
})
