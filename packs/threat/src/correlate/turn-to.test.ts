import { expect, test } from 'vitest'
import { correlation, eventsOf, setOf } from './correlate.fixture.ts'
import { Correlator } from './correlator.ts'

const KINDS = [
  'type: event_count, rules: [a], group-by: [h], timespan: 1h, condition: {gte: 5}',
  'type: value_count, rules: [a, b], group-by: [h], timespan: 1h, condition: {field: u, gte: 3}',
  'type: value_sum, rules: [a, b], group-by: [h], timespan: 10s, condition: {field: n, gte: 40}',
  'type: value_median, rules: [a, b], group-by: [h], timespan: 1h, condition: {field: n, gte: 3}',
  'type: temporal, rules: [a, b], group-by: [h], timespan: 4s',
  'type: temporal_ordered, rules: [a, b], group-by: [h], timespan: 3s',
].map((section, at) => correlation(`c${at}`, section))
const BEFORE = setOf(['a', 'b'], ...KINDS)
const LATER = 'type: event_count, rules: [c], group-by: [h], timespan: 1h, condition: {gte: 2}'
/** Rules and correlations stand elsewhere; the first kind is another now, the fourth is gone, one is new. */
const AFTER = setOf(
  ['c', 'b', 'a'],
  ...[...KINDS.slice(4), ...KINDS.slice(1, 3)],
  correlation('c0', 'type: event_count, rules: [a], group-by: [h], timespan: 1h, condition: {gte: 4}'),
  correlation('new', LATER),
)
const OPTIONS = { latenessMs: 5000, maxGroups: 3000, maxEntries: 5000 }

const rowsFrom = (from: number, to: number, rules: readonly string[]) =>
  Array.from({ length: to - from }, (_, each) => {
    const i = from + each
    const fields = { h: `h${(i * 7) % 15}`, u: `u${(i * 31) % 500}`, n: i % 23 }
    return [i / 10 - (i % 4), rules[i % rules.length] as string, fields] as const
  })

function counted(work: Generator<void>): number {
  let steps = 0
  while (!work.next().done) steps += 1
  return steps
}

test('turned to another set it fires as one does that was saved and restored under it, with the same counts', () => {
  const first = eventsOf(BEFORE, rowsFrom(0, 3000, ['a', 'b']))
  const second = eventsOf(AFTER, rowsFrom(3000, 9000, ['a', 'b', 'c']))
  const [turned, restored] = [new Correlator(BEFORE, OPTIONS), new Correlator(AFTER, OPTIONS)]
  for (const event of first) turned.push(event)
  expect(turned.state.held).toBeGreaterThan(0)
  expect(restored.restore(turned.save())).toEqual(['c0', 'c3'])
  counted(turned.turnTo(AFTER))
  const { bytes: _, ...state } = turned.state
  expect(restored.state).toMatchObject(state)
  const firings = second.map((event) => turned.push(event))
  expect(firings).toEqual(second.map((event) => restored.push(event)))
  expect(new Set(firings.flat().map(({ correlation: { id } }) => id))).toEqual(
    new Set(['c0', 'c1', 'c2', 'c4', 'c5', 'new']),
  )
  expect(turned.flush()).toEqual(restored.flush())
})

test('nothing changes before the first step, and windows that are kept take none', () => {
  const correlator = new Correlator(BEFORE)
  for (const event of eventsOf(BEFORE, rowsFrom(0, 3000, ['a', 'b']))) correlator.push(event)
  const { state } = correlator
  const work = correlator.turnTo(AFTER)
  expect(correlator.state).toEqual(state)
  counted(work)
  expect(counted(correlator.turnTo(AFTER))).toBe(0)
})

test('windows that are lost are given up a thousand a step, and their room is free', () => {
  const set = setOf(['a'], KINDS[0] as string)
  const correlator = new Correlator(set)
  const rows = Array.from({ length: 40_000 }, (_, i) => [i / 1000, 'a', { h: `h${i % 20_000}` }] as const)
  for (const event of eventsOf(set, rows)) correlator.push(event)
  expect(correlator.state).toMatchObject({ groups: 20_000, entries: 40_000 })
  expect(counted(correlator.turnTo(setOf(['a'])))).toBe(60)
  expect(correlator.state).toMatchObject({ groups: 0, entries: 0 })
})
