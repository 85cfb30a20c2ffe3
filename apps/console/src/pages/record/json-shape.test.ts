import { expect, test } from 'vitest'
import { commonColumns } from './json-shape.ts'

test.each([
  [
    [
      { part: '2013', value: 0.5 },
      { part: '2014', value: 0.4 },
    ],
    ['part', 'value'],
  ],
  [[{ code: 'a', text: { en: 'x', zh: 'y' } }], ['code', 'text']],
  [[{ a: 1 }, { b: 1 }], undefined],
  [[{ a: 1 }, 2], undefined],
  [[{ a: [1] }], undefined],
  [['a'], undefined],
  [[], undefined],
])('the common columns of %j are %j', (items, columns) => {
  expect(commonColumns(items)).toEqual(columns)
})
