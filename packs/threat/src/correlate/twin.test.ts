import { expect, test } from 'vitest'
import { correlation, eventsOf, type Fields, lineOf, randomFrom, setOf } from './correlate.fixture.ts'
import { Correlator, type CorrelatorEvent } from './correlator.ts'
import { correlatePlainly } from './plain-correlator.fixture.ts'

const COMMON = 'group-by: [h], timespan: 20s'
const SET = setOf(
  ['a', 'b', 'c', 'd'],
  correlation('count', `type: event_count, rules: [a, b], ${COMMON}, condition: {gte: 4, lt: 9}`),
  correlation('count-eq', `type: event_count, rules: [n_c], group-by: [h, u], timespan: 1m, condition: {eq: 3}`),
  correlation('count-all', `type: event_count, rules: [d], timespan: 5s, condition: {neq: 1}`),
  correlation('values', `type: value_count, rules: [a, c], ${COMMON}, condition: {field: u, gte: 3}`),
  correlation('pairs', `type: value_count, rules: [a], ${COMMON}, condition: {field: [u, n], gt: 3}`),
  correlation('near', `type: temporal, rules: [a, b, c], ${COMMON}, condition: {gte: 3}`),
  correlation('words', `type: temporal, ${COMMON}, condition: (a or b) and not c`),
  correlation('order', `type: temporal_ordered, rules: [a, b, c], ${COMMON}`),
  correlation('two-of', `type: temporal_ordered, rules: [c, b, d, a], group-by: [u], timespan: 9s, condition: {eq: 3}`),
  correlation('sum', `type: value_sum, rules: [b, d], ${COMMON}, condition: {field: n, gt: 12.5}`),
  correlation('mean', `type: value_avg, rules: [b], ${COMMON}, condition: {field: n, lte: 2}`),
  correlation('p90', `type: value_percentile, rules: [a, b], ${COMMON}, condition: {field: n, percentile: 90, gt: 4}`),
  correlation('middle', `type: value_median, rules: [c], group-by: [u], timespan: 30s, condition: {field: n, gte: 3}`),
  correlation(
    'chain',
    `type: temporal_ordered, rules: [count, values, d], group-by: [u], timespan: 1m, condition: {gte: 2}`,
  ),
  correlation('chain-2', `type: event_count, rules: [chain, sum], group-by: [h], timespan: 2m, condition: {gte: 3}`),
  correlation('alias', `type: temporal, rules: [a, d], group-by: [who], timespan: 40s, aliases: {who: {a: u, d: h}}`),
)
const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1)

/** A stream in which a good part of the events comes late, some too late, and many have the same time. */
function randomStream(seed: number): CorrelatorEvent[] {
  const random = randomFrom(seed)
  const pick = (list: string): string => list[Math.floor(random() * list.length)] as string
  let clock = 0
  const rows = Array.from({ length: 500 }, (): [number, string, Fields] => {
    if (random() < 0.6) clock += Math.floor(random() * 4)
    const late = random() < 0.3 ? Math.floor(random() * 14) : 0
    const ids = random() < 0.2 ? `${pick('ab')} ${pick('cd')}` : pick('abcd')
    const fields = { h: pick('xyab'), u: pick('pqab'), n: Math.floor(random() * 50) / 8 }
    return [clock - late, ids, random() < 0.1 ? { h: fields.h } : fields]
  })
  return eventsOf(SET, rows)
}

function run(correlator: Correlator, events: readonly CorrelatorEvent[]): string[] {
  return [...events.flatMap((event) => correlator.push(event)), ...correlator.flush()].map(lineOf)
}

test('every correlation of the set is valid', () => expect(SET.invalid).toEqual([]))

test.each([0, 3000, 10_000, Number.POSITIVE_INFINITY])('equals the plain meaning, %i ms late', (latenessMs) => {
  const fired = new Set<string>()
  for (const seed of SEEDS) {
    const events = randomStream(seed)
    const correlator = new Correlator(SET, { latenessMs })
    const found = run(correlator, events)
    expect(found.toSorted(), `seed ${seed}`).toEqual(correlatePlainly(SET, events, latenessMs).toSorted())
    expect(correlator.state.tooLate > 0).toBe(latenessMs <= 10_000)
    for (const line of found) fired.add(line.split(' ')[1] as string)
  }
  expect([...fired].toSorted()).toEqual(SET.correlations.map(({ id }) => id).toSorted())
})

test('a correlator restored after any event goes on as if nothing had happened', () => {
  for (const seed of SEEDS.slice(0, 6)) {
    const events = randomStream(seed)
    const options = { latenessMs: 5000 }
    const whole = new Correlator(SET, options)
    const expected = [...events.flatMap((event) => whole.push(event)), ...whole.flush()]
    const cut = 40 + seed * 50
    const first = new Correlator(SET, options)
    const before = events.slice(0, cut).flatMap((event) => first.push(event))
    const second = new Correlator(SET, options)
    expect(second.restore(first.save())).toEqual([])
    const after = [...events.slice(cut).flatMap((event) => second.push(event)), ...second.flush()]
    expect([...before, ...after]).toEqual(expected)
    const { bytes: _, ...state } = second.state
    expect(whole.state).toMatchObject(state)
  }
})
