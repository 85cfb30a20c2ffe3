import { expect, test } from 'vitest'
import { markParts } from './mark-parts.ts'

test.each([
  ['C:\\Windows\\System32\\cmd.exe', '*\\cmd.exe', ['C:\\Windows\\System32', '\\cmd.exe', '']],
  ['powershell -ENC abc', '* -enc *', ['powershell', ' -ENC ', 'abc']],
  ['4624', '4624', ['', '4624', '']],
  ['a*b', 'a\\*b', ['', 'a*b', '']],
  ['left', 'nowhere', ['', 'left', '']],
  ['left', '*', ['', 'left', '']],
  ['', 'x', ['', '', '']],
])('%j compared with %j', (value, wanted, parts) => {
  expect(markParts(value, wanted)).toEqual(parts)
})

test('a long value is cut around the piece that matched', () => {
  const [before, hit, after] = markParts(`${'a'.repeat(5000)}evil.exe${'b'.repeat(5000)}`, '*evil.exe*')
  expect(hit).toBe('evil.exe')
  expect(before.length + after.length).toBeLessThan(300)
  expect(markParts('x'.repeat(5000), '*')[1].length).toBeLessThan(300)
})
