import { expect, test } from 'vitest'
import { eventLines } from './event-lines.ts'

const EVENT = { EventID: 1, winlog: { event_data: { Image: 'C:\\cmd.exe', Args: ['a', 'b'] } }, empty: {}, none: null }

test('every value with its path; what the rule found is marked', () => {
  const lines = eventLines(EVENT, [{ field: 'Image', wanted: '*\\cmd.exe', found: ['C:\\cmd.exe'] }])
  expect(lines).toEqual([
    { path: 'EventID', value: '1' },
    { path: 'winlog.event_data.Image', value: 'C:\\cmd.exe', wanted: '*\\cmd.exe' },
    { path: 'winlog.event_data.Args.0', value: 'a' },
    { path: 'winlog.event_data.Args.1', value: 'b' },
    { path: 'empty', value: '{}' },
    { path: 'none', value: 'null' },
  ])
})

test('of equal values only that of the field is marked; a field that a mapping renamed, and a keyword, mark all', () => {
  const event = { EventID: 1, Version: 1, data: { Args: ['1', 'x'] } }
  const marked = (match: Parameters<typeof eventLines>[1][number]) =>
    eventLines(event, [match]).flatMap(({ path, wanted }) => (wanted === undefined ? [] : [path]))
  expect(marked({ field: 'EventID', wanted: '1', found: [1] })).toEqual(['EventID'])
  expect(marked({ field: 'data.Args', wanted: '1', found: ['1'] })).toEqual(['data.Args.0'])
  expect(marked({ field: 'event.code', wanted: '1', found: [1] })).toEqual(['EventID', 'Version', 'data.Args.0'])
  expect(marked({ wanted: 'x', found: ['x'] })).toEqual(['data.Args.1'])
})

test('a hostile depth ends', () => {
  const deep = Array.from({ length: 500 }).reduce<unknown>((inner) => ({ a: inner }), 1)
  expect(eventLines(deep, [])).toHaveLength(1)
  expect(eventLines('only text', [])).toEqual([{ path: '', value: 'only text' }])
})
