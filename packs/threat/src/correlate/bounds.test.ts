import { expect, test } from 'vitest'
import { correlation, eventsOf, lineOf, setOf } from './correlate.fixture.ts'
import { Correlator } from './correlator.ts'

const KINDS = [
  'type: event_count, rules: [a], group-by: [h], timespan: 1h, condition: {gte: 2}',
  'type: value_count, rules: [a], group-by: [h], timespan: 1h, condition: {field: u, gte: 2}',
  'type: value_sum, rules: [a], group-by: [h], timespan: 1h, condition: {field: n, gt: 1}',
  'type: value_median, rules: [a], group-by: [h], timespan: 1h, condition: {field: n, gt: 0}',
  'type: temporal, rules: [a, b], group-by: [h], timespan: 1h',
  'type: temporal_ordered, rules: [a, b], group-by: [h], timespan: 1h',
]

test.each(KINDS)('%s keeps to the cap on groups, gives up the idlest, and counts it', (section) => {
  const set = setOf(['a', 'b'], correlation('x', section))
  const correlator = new Correlator(set, { maxGroups: 100 })
  const rows = Array.from({ length: 1000 }, (_, i) => [i / 100, 'a', { h: `h${i}`, u: `u${i}`, n: 1 }] as const)
  for (const event of eventsOf(set, [...rows, [10, 'a', { h: 'h900', u: 'u', n: 1 }]])) correlator.push(event)
  expect(correlator.state).toMatchObject({ groups: 100, evictedGroups: 900 })
  expect(correlator.state.entries).toBeLessThanOrEqual(101)
})

test('a cap on entries gives up idle groups first, then shortens the only one left', () => {
  const set = setOf(['a'], correlation('x', KINDS[0] as string))
  const correlator = new Correlator(set, { maxEntries: 50 })
  const rows = Array.from({ length: 80 }, (_, i) => [i, 'a', { h: i < 20 ? `idle${i}` : 'busy' }] as const)
  const firings = eventsOf(set, rows).flatMap((event) => correlator.push(event))
  expect(correlator.state).toMatchObject({ groups: 1, entries: 50, evictedGroups: 20, evictedEntries: 30 })
  expect(firings.at(-1)?.value).toBe(50)
})

test('groups whose window has passed are closed without being counted as given up', () => {
  const set = setOf(['a'], correlation('x', KINDS[0] as string))
  const correlator = new Correlator(set, { maxGroups: 10 })
  const rows = Array.from({ length: 100 }, (_, i) => [i * 1000, 'a', { h: `h${i}` }] as const)
  for (const event of eventsOf(set, rows)) correlator.push(event)
  expect(correlator.state).toMatchObject({ groups: 4, evictedGroups: 0 })
})

test('when too many events wait, the earliest goes on, and events before it are too late', () => {
  const set = setOf(['a'], correlation('x', KINDS[0] as string))
  const correlator = new Correlator(set, { latenessMs: Number.POSITIVE_INFINITY, maxHeld: 2 })
  const rows = [5, 3, 4, 2].map((second) => [second, 'a', { h: 'one' }] as const)
  const firings = [...eventsOf(set, rows).flatMap((event) => correlator.push(event)), ...correlator.flush()]
  expect(firings.map(lineOf)).toEqual(['2 x ["one"] 2', '0 x ["one"] 3'])
  expect(correlator.state).toMatchObject({ releasedEarly: 1, tooLate: 1 })
})
