import { expect, test } from 'vitest'
import { timelineLanes } from './timeline-lanes.ts'

const entry = (host: string, from: number, to = from) => ({
  ...{ group: `${host} ${from}`, host, signature: 's', level: 'high', alerts: 1, score: 1 },
  ...{ first: new Date(from * 1000).toISOString(), last: new Date(to * 1000).toISOString() },
})

test('hosts stand in the order in which they were reached', () => {
  const { lanes } = timelineLanes([entry('late', 50), entry('first', 0), entry('late', 100), entry('middle', 20)])
  expect(lanes.map(({ host }) => host)).toEqual(['first', 'middle', 'late'])
})

test('bars lie where they were, inside the frame', () => {
  const { lanes, ticks } = timelineLanes([entry('a', 0, 50), entry('a', 100)])
  expect(lanes[0]!.bars.map(({ left, width }) => [left, width])).toEqual([
    [0, 50],
    [98.5, 0],
  ])
  expect(ticks).toEqual([0, 50_000, 100_000])
})

test('one moment, many hosts, none at all', () => {
  expect(timelineLanes([entry('a', 7)]).lanes[0]!.bars[0]).toMatchObject({ left: 0, width: 0 })
  expect(timelineLanes(Array.from({ length: 30 }, (_, i) => entry(`h${i}`, i))).hidden).toBe(10)
  expect(timelineLanes([])).toEqual({ lanes: [], ticks: [], hidden: 0 })
})
