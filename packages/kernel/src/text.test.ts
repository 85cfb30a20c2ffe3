import { expect, test } from 'vitest'
import { fill, fillText } from './text.ts'

test('fills places, leaves unknown ones, and takes the form that goes with the number', () => {
  expect(fill('{n} {n:file|files} of {who}', { n: 1 })).toBe('1 file of {who}')
  expect(fill('{n} {n:file|files}', { n: 0 })).toBe('0 files')
  expect(fill('{n} {n:entry|entries}', { n: '1,204' })).toBe('1,204 entries')
  expect(fillText({ en: '{n} {n:day|days}', zh: '{n} 天' }, { n: '1' })).toEqual({ en: '1 day', zh: '1 天' })
})
