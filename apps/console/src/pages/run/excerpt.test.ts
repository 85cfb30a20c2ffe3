import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

const file = 'one\ntwo\r\nthree\nfour\nfive\nsix\nseven\neight'

test('the wrong line stands between its neighbours', () => {
  const lines = excerptOf(file, 5)
  expect(lines.map(({ number, text }) => `${number} ${text}`)).toEqual([
    ...['2 two', '3 three', '4 four', '5 five', '6 six', '7 seven', '8 eight'],
  ])
  expect(lines.filter(({ wrong }) => wrong)).toEqual([{ number: 5, text: 'five', wrong: true }])
})

test('the first and the last line have neighbours on one side only', () => {
  expect(excerptOf(file, 1).map(({ number }) => number)).toEqual([1, 2, 3, 4])
  expect(excerptOf(file, 8).map(({ number }) => number)).toEqual([5, 6, 7, 8])
})

test('a line that is not there shows nothing, a long one is cut', () => {
  expect([excerptOf(file, 0), excerptOf(file, 99)]).toEqual([[], []])
  expect(excerptOf('x'.repeat(5_000), 1)[0]!.text).toHaveLength(301)
})
