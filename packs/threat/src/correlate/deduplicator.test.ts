import { expect, test } from 'vitest'
import { randomFrom } from './correlate.fixture.ts'
import { Deduplicator, type Episode } from './deduplicator.ts'

const episode = (entity: string, count: number, firstTime: number, lastTime: number): Episode => ({
  rule: 'r',
  entity,
  count,
  firstTime,
  lastTime,
})

test('one alert of many: count, first and last time; the window runs from the first', () => {
  const deduplicator = new Deduplicator({ windowMs: 10 })
  const isNew = [0, 5, 10, 11, 8].map((time) => deduplicator.push('r', 'e', time).isNew)
  expect(isNew).toEqual([true, false, false, true, false])
  expect(deduplicator.flush()).toEqual([episode('e', 2, 8, 11)])
  expect(deduplicator.open).toBe(0)
})

test('other rules and other entities are other episodes, closed in their order', () => {
  const deduplicator = new Deduplicator({ windowMs: 10 })
  expect([deduplicator.push('r', 'e', 0).isNew, deduplicator.push('r', 'f', 1).isNew]).toEqual([true, true])
  expect(deduplicator.push('1:r', 'e', 2).isNew).toBe(true)
  expect(deduplicator.advance(11)).toEqual([episode('e', 1, 0, 0)])
  expect(deduplicator.push('r', 'e', 13).closed.map(({ rule, entity }) => [rule, entity])).toEqual([
    ['r', 'f'],
    ['1:r', 'e'],
  ])
})

test('more episodes than allowed close the first one early, and this is counted', () => {
  const deduplicator = new Deduplicator({ windowMs: 1000, maxOpen: 3 })
  const closed = Array.from({ length: 10 }, (_, i) => deduplicator.push('r', `e${i}`, i).closed).flat()
  expect([deduplicator.open, deduplicator.closedEarly, closed.length, closed[0]?.entity]).toEqual([3, 7, 7, 'e0'])
})

test('no alert is lost: counts of all episodes are the alerts, also over a restart', () => {
  const random = randomFrom(7)
  let deduplicator = new Deduplicator({ windowMs: 50 })
  const episodes: Episode[] = []
  let opened = 0
  for (let i = 0; i < 5000; i += 1) {
    const { isNew, closed } = deduplicator.push(
      `r${Math.floor(random() * 3)}`,
      `e${Math.floor(random() * 20)}`,
      i - Math.floor(random() * 9),
    )
    if (isNew) opened += 1
    episodes.push(...closed)
    if (i % 1000 !== 999) continue
    const next = new Deduplicator({ windowMs: 50 })
    next.restore(deduplicator.save())
    deduplicator = next
  }
  episodes.push(...deduplicator.flush())
  expect(episodes.reduce((sum, { count }) => sum + count, 0)).toBe(5000)
  expect(episodes.length).toBe(opened)
  expect(episodes.every(({ firstTime, lastTime }) => lastTime - firstTime <= 100)).toBe(true)
})
