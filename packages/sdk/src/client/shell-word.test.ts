import { expect, test } from 'vitest'
import { shellWord } from './shell-word.ts'

test.each([
  ['inet-dns.example:22', 'inet-dns.example:22'],
  ['', "''"],
  ['Isolate host', "'Isolate host'"],
  ['a; curl x|sh', "'a; curl x|sh'"],
  ["it's $(id)", "'it'\\''s $(id)'"],
  ['two\nlines', "'two\nlines'"],
])('%j is one word of a shell', (word, written) => expect(shellWord(word)).toBe(written))
