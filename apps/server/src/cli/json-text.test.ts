import { expect, test } from 'vitest'
import { jsonText } from './json-text.ts'

test('what a terminal would not show is written as escapes, and read back as it was', () => {
  const value = { line: 'a\u202egpj.exe\u009b31m', name: '灯塔\u{e0001}' }
  for (const text of [jsonText(value), jsonText(value, 2)]) {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(JSON.parse(text)).toEqual(value)
  }
  expect(jsonText({ a: 1 }, 2)).toBe('{\n  "a": 1\n}')
})
