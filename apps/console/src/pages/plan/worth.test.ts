import type { SiteBoard } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE } from '../../testing/golden-house.ts'
import { GOALS, goalYuan } from './terms.ts'
import { worthOf } from './worth.ts'

const board = GOLDEN_HOUSE[`/compute/plans/${GOLDEN.plan}/board`] as SiteBoard

test('every limit is named once, the dearest site first', () => {
  const worth = worthOf(board)
  const pools = board.sites.flatMap(({ pools: each }) => each).length
  expect(worth).toHaveLength(board.sites.length + board.feeders.length + pools)
  const sites = worth.filter(({ of }) => of === 'site')
  expect(sites.map(({ yuan }) => yuan)).toEqual(sites.map(({ yuan }) => yuan).toSorted((a, b) => b - a))
  for (const { name, yuan, slot } of sites)
    expect(board.sites.find(({ site }) => site === name)?.shadowYuanPerMwh[slot]).toBe(yuan)
})

test('a limit that never binds is worth nothing', () => {
  const flat = { ...board, feeders: [{ ...board.feeders[0]!, feeder: 'idle', shadowYuanPerMwh: [0, 0] }] }
  expect(worthOf(flat).find(({ name }) => name === 'idle')).toMatchObject({ yuan: 0, scarce: 0 })
})

test('every term belongs to exactly one goal', () => {
  const terms = {
    unserved: 1,
    delay: 2,
    grid: 4,
    electricity: 8,
    demandCharge: 16,
    carbon: 32,
    fairness: 64,
    moves: 128,
  }
  expect(GOALS.flatMap(([, parts]) => [...parts]).toSorted()).toEqual(Object.keys(terms).toSorted())
  expect(GOALS.reduce((sum, [, parts]) => sum + goalYuan(terms, parts), 0)).toBe(255)
})
