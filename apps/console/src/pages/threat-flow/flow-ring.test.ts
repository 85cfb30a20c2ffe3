import { expect, test } from 'vitest'
import { flowSeries, KEPT_SECONDS, mergeSeconds, quietFor } from './flow-ring.ts'

const second = (at: number, accepted = 1) => ({ second: at, accepted, bytes: 10, evaluated: 1, alerts: 0, findings: 0 })

test('the running second is replaced by its next answer, not counted twice', () => {
  const merged = mergeSeconds([second(1), second(2, 5)], [second(2, 9), second(3)])
  expect(merged.map(({ second: at, accepted }) => [at, accepted])).toEqual([
    [1, 1],
    [2, 9],
    [3, 1],
  ])
})

test('five minutes are kept, whatever the gaps', () => {
  const long = Array.from({ length: 400 }, (_, i) => second(i))
  expect(mergeSeconds(long, [])).toHaveLength(KEPT_SECONDS)
  expect(mergeSeconds(long, [second(5000)])).toEqual([second(5000)])
})

test('no answer changes nothing', () => {
  expect(mergeSeconds([second(7)], [])).toEqual([second(7)])
  expect(mergeSeconds([], [])).toEqual([])
})

test('seconds that nobody told of are empty, the running one is left out', () => {
  const { events, first } = flowSeries([second(997, 4), second(999, 6), second(1000, 8)], 1000)
  expect(first).toBe(700)
  expect(events.slice(-4)).toEqual([0, 4, 0, 6])
  expect(events).toHaveLength(KEPT_SECONDS)
})

test('how long it has been quiet', () => {
  expect(quietFor(flowSeries([second(990)], 1000))).toBe(9)
  expect(quietFor(flowSeries([second(999)], 1000))).toBe(0)
  expect(quietFor(flowSeries([], 1000))).toBeUndefined()
})
