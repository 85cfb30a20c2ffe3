import { expect, test } from 'vitest'
import { correlation, eventsOf, type Fields, lineOf, setOf } from './correlate.fixture.ts'
import { Correlator, type CorrelatorEvent } from './correlator.ts'
import type { CorrelatorOptions } from './correlator-options.ts'

type Row = readonly [seconds: number, rules: string, fields: Fields]

const ids = ['a', 'b', 'c']
const H = { h: 'one' }

/** Firings as `second of the event: value`. */
function valuesOf(section: string, rows: readonly Row[], options: CorrelatorOptions = {}): string[] {
  const set = setOf(ids, correlation('x', section))
  expect(set.invalid).toEqual([])
  const correlator = new Correlator(set, options)
  const firings = [...eventsOf(set, rows).flatMap((event) => correlator.push(event)), ...correlator.flush()]
  return firings.map(({ time, value }) => `${time / 1000}: ${value}`)
}

const at = (seconds: number, rules: string, fields: Fields = H): Row => [seconds, rules, fields]

test('event_count: both ends of the window belong to it, groups are apart, an event counts once', () => {
  const section = 'type: event_count, rules: [a, b], group-by: [h], timespan: 10s, condition: {gte: 3}'
  const rows = [at(0, 'a'), at(5, 'b'), at(6, 'a', { h: 'two' }), at(10, 'a b'), at(20, 'a'), at(21, 'c'), at(21, 'a')]
  expect(valuesOf(section, rows)).toEqual(['10: 3'])
})

test.each([
  ['{eq: 2}', ['1: 2']],
  ['{neq: 2}', ['0: 1', '2: 3', '3: 4']],
  ['{gt: 1, lt: 4}', ['1: 2', '2: 3']],
  ['{lte: 1}', ['0: 1']],
])('event_count meets %s', (condition, expected) => {
  const rows = [0, 1, 2, 3].map((second) => at(second, 'a'))
  expect(valuesOf(`type: event_count, rules: [a], timespan: 1m, condition: ${condition}`, rows)).toEqual(expected)
})

test('value_count counts values that are still in the window; several fields count as one', () => {
  const rows = [at(0, 'a', { u: 'p', v: 1 }), at(1, 'a', { u: 'q', v: 1 }), at(2, 'a', { u: 'p', v: 2 })]
  const more = [at(10, 'a', { u: 'r', v: 1 }), at(12, 'a', { u: 'r' }), at(13, 'a', { u: 'r', v: 1 })]
  const section = 'type: value_count, rules: [a], timespan: 10s'
  expect(valuesOf(`${section}, condition: {field: u, gte: 2}`, [...rows, ...more])).toEqual([
    '1: 2',
    '2: 2',
    '10: 3',
    '12: 2',
  ])
  expect(valuesOf(`${section}, condition: {field: [u, v], gte: 3}`, [...rows, ...more])).toEqual(['2: 3', '10: 4'])
})

test('temporal: different rules in one window, in any order', () => {
  const rows = [at(0, 'c'), at(4, 'a'), at(8, 'b'), at(12, 'a')]
  expect(valuesOf('type: temporal, rules: [a, b, c], group-by: [h], timespan: 10s', rows)).toEqual(['8: 3'])
})

test('temporal in words: what must not be there is looked for in the window', () => {
  const rows = [at(0, 'c'), at(4, 'a'), at(11, 'b'), at(12, 'c')]
  expect(valuesOf('type: temporal, timespan: 10s, condition: (a or b) and not c', rows)).toEqual(['11: 2'])
})

test('temporal_ordered: in the order given, one event for each place, rules may be left out', () => {
  const section = 'type: temporal_ordered, rules: [a, b, c], timespan: 10s'
  expect(valuesOf(section, [at(0, 'b'), at(1, 'a'), at(2, 'c'), at(3, 'b'), at(4, 'c'), at(12, 'b')])).toEqual(['4: 3'])
  expect(valuesOf(section, [at(0, 'a b c'), at(0, 'b'), at(0, 'c')])).toEqual(['0: 3'])
  expect(valuesOf(`${section}, condition: {gte: 2}`, [at(0, 'c'), at(1, 'a'), at(2, 'c')])).toEqual(['2: 2'])
})

test('value_sum and value_avg: numbers as text count, what is no number does not', () => {
  const rows = [1, '2.5', 'many', null, 3].map((n, i) => at(i, 'a', { n }))
  expect(valuesOf('type: value_sum, rules: [a], timespan: 1m, condition: {field: n, gt: 3}', rows)).toEqual([
    '1: 3.5',
    '4: 6.5',
  ])
  expect(valuesOf('type: value_avg, rules: [a], timespan: 1m, condition: {field: n, gte: 1.75}', rows)).toEqual([
    '1: 1.75',
    `4: ${6.5 / 3}`,
  ])
})

test('a huge number leaves nothing behind in a sum', () => {
  const rows = [at(0, 'a', { n: 1e200 }), at(1, 'a', { n: 0.1 }), at(11, 'a', { n: 0.2 }), at(12, 'a', { n: 1e300 })]
  const section = 'type: value_sum, rules: [a], timespan: 10s, condition: {field: n, lt: 1}'
  expect(valuesOf(section, rows)).toEqual(['11: 0.30000000000000004'])
})

test('value_percentile and value_median: between the nearest ranks', () => {
  const rows = [40, 10, 30, 20].map((n, i) => at(i, 'a', { n }))
  const section = 'type: value_percentile, rules: [a], timespan: 1m'
  expect(valuesOf(`${section}, condition: {field: n, percentile: 75, gte: 0}`, rows)).toEqual([
    '0: 40',
    '1: 32.5',
    '2: 35',
    '3: 32.5',
  ])
  expect(valuesOf('type: value_median, rules: [a], timespan: 1m, condition: {field: n, gte: 25}', rows)).toEqual([
    '0: 40',
    '1: 25',
    '2: 30',
    '3: 25',
  ])
})

test('a chain reads the fields of the event that completed its part, through the aliases of both', () => {
  const set = setOf(
    ids,
    correlation(
      'burst',
      'type: event_count, rules: [a], group-by: [who], timespan: 1m, aliases: {who: {a: src}}, condition: {gte: 2}',
    ),
    correlation(
      'then',
      'type: temporal_ordered, rules: [burst, b], group-by: [ip], timespan: 1m, aliases: {ip: {burst: who, b: dst}}',
    ),
  )
  const rows = [at(0, 'a', { src: 'x' }), at(1, 'b', { dst: 'x' }), at(2, 'a', { src: 'x' }), at(3, 'b', { dst: 'x' })]
  const correlator = new Correlator(set)
  const firings = eventsOf(set, rows).flatMap((event) => correlator.push(event))
  expect(firings.map(lineOf)).toEqual(['2 burst ["x"] 2', '3 then ["x"] 2'])
  expect(firings.map(({ alerts }) => alerts)).toEqual([false, true])
  expect(firings[1]).toMatchObject({ sequence: 1, time: 3000, firstTime: 2000 })
})

test('late events are put in their place, too late and too early ones counted', () => {
  const set = setOf(ids, correlation('x', 'type: temporal_ordered, rules: [a, b], timespan: 1m'))
  const correlator = new Correlator(set, { latenessMs: 5000, aheadMs: 60_000 })
  const [b, a, tooLate, far] = eventsOf(set, [at(103, 'b'), at(101, 'a'), at(97, 'a'), at(900, 'a')])
  const push = (event: CorrelatorEvent | undefined, now?: number) =>
    correlator.push({ ...(event as CorrelatorEvent), ...(now !== undefined && { now }) }).map(lineOf)
  expect([push(b), push(a), push(tooLate), push(far, 110_000)]).toEqual([[], [], [], []])
  expect(push({ ...(a as CorrelatorEvent), time: Number.NaN })).toEqual([])
  expect(correlator.state).toMatchObject({ held: 2, tooLate: 1, tooEarly: 1, withoutTime: 1, watermark: 98_000 })
  const [later] = eventsOf(set, [at(108, 'c')])
  expect(push(later)).toEqual(['0 x [] 2'])
})

test('an event without a group field or value is counted, not put with others', () => {
  const section = 'type: value_count, rules: [a], group-by: [h, u], timespan: 1m, condition: {field: n, gte: 1}'
  const set = setOf(ids, correlation('x', section))
  const correlator = new Correlator(set)
  const rows = [at(0, 'a', { h: 'x' }), at(0, 'a', { h: 'x', u: 'y' }), at(0, 'a', { h: '1:x', u: '', n: 1 })]
  const firings = eventsOf(set, rows).flatMap((event) => correlator.push(event))
  expect(firings.map(({ group }) => group)).toEqual([['1:x', '']])
  expect(correlator.state).toMatchObject({ withoutGroup: 1, withoutValue: 1 })
})

test('a very long value takes a bounded place, and others like it stay apart', () => {
  const set = setOf(
    ids,
    correlation('x', 'type: event_count, rules: [a], group-by: [h], timespan: 1m, condition: {gte: 2}'),
  )
  const correlator = new Correlator(set)
  const long = 'v'.repeat(100_000)
  const rows = [at(0, 'a', { h: `${long}1` }), at(1, 'a', { h: `${long}2` }), at(2, 'a', { h: `${long}1` })]
  const [firing, ...others] = eventsOf(set, rows).flatMap((event) => correlator.push(event))
  expect([firing?.time, others.length]).toEqual([2000, 0])
  expect(firing?.group[0]).toMatch(/^v{128}…sha256:[0-9a-f]{64}$/)
})
