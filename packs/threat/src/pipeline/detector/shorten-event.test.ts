import { expect, test } from 'vitest'
import { shortened } from './shorten-event.ts'

test('an ordinary event is carried as it is', () => {
  const event = { EventID: 1, nested: { list: [true, null, 1.5, '值'], text: 'x'.repeat(4096) } }
  expect(shortened(event)).toEqual(event)
})

test('a long text ends with how much of it is missing', () => {
  expect(shortened({ text: 'x'.repeat(15_000_000) })).toEqual({ text: `${'x'.repeat(4096)}… (14995904)` })
})

test('a list and an object go on with how many values are missing', () => {
  const list = shortened(Array.from({ length: 1_000_000 }, () => 1))
  expect([list.length, list.at(-1)]).toEqual([10_000, '… (990001)'])
  const members = shortened(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])))
  expect([Object.keys(members).length, Object.entries(members).at(-1)]).toEqual([10_000, ['…', '(10001)']])
})

test('neither many long texts nor long names make it large, whatever the nesting', () => {
  const texts = { before: Array.from({ length: 9000 }, () => 'y'.repeat(4000)), after: 'z' }
  const names = Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`${'n'.repeat(4000)}${i}`, i]))
  for (const event of [texts, names, [[texts], { names }]])
    expect(JSON.stringify(shortened(event)).length).toBeLessThan(700_000)
})
