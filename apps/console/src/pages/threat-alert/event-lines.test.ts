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

test('a hostile depth ends', () => {
  const deep = Array.from({ length: 500 }).reduce<unknown>((inner) => ({ a: inner }), 1)
  expect(eventLines(deep, [])).toHaveLength(1)
  expect(eventLines('only text', [])).toEqual([{ path: '', value: 'only text' }])
})
