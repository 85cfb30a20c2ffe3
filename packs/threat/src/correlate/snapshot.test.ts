import { expect, test } from 'vitest'
import { correlation, eventsOf, lineOf, setOf } from './correlate.fixture.ts'
import { Correlator } from './correlator.ts'
import type { Firing } from './firing.ts'

const section = (count: number): string =>
  `type: event_count, rules: [a], group-by: [h], timespan: 1h, condition: {gte: ${count}}`
const SET = setOf(['a', 'b'], correlation('kept', section(3)), correlation('changed', section(2)))
const ROWS = [0, 1, 2].map((second) => [second, 'a', { h: '主机' }] as const)

function saved(): Uint8Array {
  const correlator = new Correlator(SET, { latenessMs: 1000 })
  for (const event of eventsOf(SET, ROWS)) correlator.push(event)
  return correlator.save()
}

test('a correlation that says something else now begins empty, and is named', () => {
  const set = setOf(['b', 'a'], correlation('changed', section(4)), correlation('kept', section(3)))
  const correlator = new Correlator(set, { latenessMs: 1000 })
  expect(correlator.restore(saved())).toEqual(['changed'])
  expect(correlator.flush().map(lineOf)).toEqual(['2 kept ["主机"] 3'])
})

const KINDS = [
  'type: value_count, rules: [a, b], group-by: [h], timespan: 1h, condition: {field: u, gte: 3}',
  'type: value_sum, rules: [a, b], group-by: [h], timespan: 10s, condition: {field: n, gte: 40}',
  'type: value_median, rules: [a, b], group-by: [h], timespan: 1h, condition: {field: n, gte: 3}',
  'type: temporal, rules: [a, b], group-by: [h], timespan: 4s',
  'type: temporal_ordered, rules: [a, b], group-by: [h], timespan: 3s',
  section(5),
]

/** Copied; what is left is to write it. */
function written(correlator: Correlator): Generator<void, readonly Uint8Array[]> {
  const copying = correlator.freeze()
  for (let step = copying.next(); ; step = copying.next()) if (step.done) return step.value
}

test('what is written while events go on is the state of the moment it was frozen', () => {
  const set = setOf(['a', 'b'], ...KINDS.map((each, i) => correlation(`c${i}`, each)))
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const fields = { h: `h${(i * 7) % 900}`, u: `u${(i * 31) % 500}`, n: i % 23 }
    return [i / 10, i % 3 ? 'a' : 'b', fields] as const
  })
  const events = eventsOf(set, rows)
  const correlator = new Correlator(set, { latenessMs: 5000, maxGroups: 3000 })
  for (const event of events.slice(0, 2000)) correlator.push(event)
  const before = correlator.save()
  const work = written(correlator)
  const firings: Firing[] = []
  let step = work.next()
  for (const event of events.slice(2000)) {
    firings.push(...correlator.push(event))
    if (!step.done) step = work.next()
  }
  while (!step.done) step = work.next()
  expect(Buffer.concat(step.value).equals(before)).toBe(true)
  const second = new Correlator(set, { latenessMs: 5000, maxGroups: 3000 })
  second.restore(before)
  const again = events.slice(2000).flatMap((event) => second.push(event))
  expect(again.map(lineOf)).toEqual(firings.map(lineOf))
  expect(firings.length).toBeGreaterThan(100)
})

test('a group named by half a character, as an attacker may write it, goes on after a restore', () => {
  const rows = [0, 1, 2].map((second) => [second, 'a', { h: 'half \ud83d' }] as const)
  const [first, second] = [new Correlator(SET), new Correlator(SET)]
  const events = eventsOf(SET, rows)
  const going = events.flatMap((event) => first.push(event)).map(lineOf)
  for (const event of events.slice(0, 2)) second.push(event)
  const restored = new Correlator(SET)
  restored.restore(second.save())
  expect(
    events
      .slice(2)
      .flatMap((event) => restored.push(event))
      .map(lineOf),
  ).toEqual(going.slice(-2))
  expect(going).toHaveLength(3)
})

test('torn, changed and foreign bytes are refused', () => {
  const bytes = saved()
  const torn = bytes.subarray(0, bytes.length - 1)
  const changed = Uint8Array.from(bytes, (byte, i) => (i === 40 ? byte ^ 1 : byte))
  for (const wrong of [torn, changed, new Uint8Array(3), new TextEncoder().encode('DENGTA-CORRELATOR-2\n'.repeat(9))])
    expect(() => new Correlator(SET).restore(wrong)).toThrow(
      expect.objectContaining({ code: 'threat_correlation.bad_snapshot' }),
    )
})

test('only a correlator that has seen nothing takes up saved windows', () => {
  const correlator = new Correlator(SET)
  for (const event of eventsOf(SET, ROWS)) correlator.push(event)
  expect(() => correlator.restore(saved())).toThrow(
    expect.objectContaining({ code: 'threat_correlation.bad_snapshot' }),
  )
})
