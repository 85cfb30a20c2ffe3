import { expect, test } from 'vitest'
import { correlation, eventsOf, lineOf, setOf } from './correlate.fixture.ts'
import { Correlator } from './correlator.ts'

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
