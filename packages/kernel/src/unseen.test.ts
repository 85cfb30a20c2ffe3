import { expect, test } from 'vitest'
import { unseenIn, withoutUnseen } from './unseen.ts'

test.each([
  ['plain text, in any script', { a: ['北方电网\n', 'é', 3, null, true] }, undefined],
  ['a NUL', { a: ['x', 'b\0'] }, ['a', 1]],
  ['an escape sequence', 'x\u001b[31m', []],
  ['a C1 escape', { n: { m: '\u009b31m' } }, ['n', 'm']],
  ['text that turns round', ['\u202egnp.exe'], [0]],
  ['an isolate', ['\u2066x'], [0]],
  ['half of a surrogate pair', { a: 'x\ud800y' }, ['a']],
  ['a whole pair', { a: 'x😀y' }, undefined],
])('%s', (_, value, path) => {
  expect(unseenIn(value)).toEqual(path)
})

test('a terminal gets a mark instead', () => {
  expect(withoutUnseen('a\u001b[2Jb\nc\r\u202e 灯')).toBe('a\u{fffd}[2Jb\nc\u{fffd}\u{fffd} 灯')
})
