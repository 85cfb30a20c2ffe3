import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { literalOfRegex } from './required-literal.ts'

test.each<[string, string | undefined, string]>([
  ['foo[0-9]+bar', 'foo', 'foo1bar'],
  ['\\\\temp\\\\', '\\temp\\', '\\temp\\'],
  ['ab{2}cdef', 'cdef', 'abbcdef'],
  ['abc{foo|bar}xyz', undefined, 'bar}xyz'],
  ['abc{x}defg', 'defg', 'abc{x}defg'],
  ['abcd(?:x|y)', 'abcd', 'abcdy'],
  ['abcd|x', undefined, 'x'],
  ['\\PNabcd', undefined, 'xabcd'],
  ['\\123abc', undefined, 'Sabc'],
  ['\\x41bcde', undefined, 'Abcde'],
  ['\\d1abc', '1abc', '71abc'],
])('%s needs %s', (source, literal, text) => {
  expect(RE2JS.compile(source).test(text)).toBe(true)
  expect(literalOfRegex(source)).toBe(literal)
})
