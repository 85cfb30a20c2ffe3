import type { SiteBoard } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE } from '../../testing/golden-house.ts'
import { boardScales, busiestSlot, openingSlot, slotsAbove } from './board-scales.ts'

const board = GOLDEN_HOUSE[`/compute/plans/${GOLDEN.plan}/board`] as SiteBoard

test('one scale holds the values of every site', () => {
  const { price, carbon, worth } = boardScales(board)
  for (const site of board.sites) {
    expect(Math.max(...site.yuanPerKwh)).toBeLessThanOrEqual(price)
    expect(Math.max(...site.carbonKgPerKwh)).toBeLessThanOrEqual(carbon)
    expect(Math.max(...site.shadowYuanPerMwh)).toBeLessThanOrEqual(worth)
  }
})

test('the busiest slot is that in which most is drawn', () => {
  const total = (slot: number) => board.sites.reduce((sum, site) => sum + site.plannedKw[slot]!, 0)
  const slot = busiestSlot(board)
  expect(total(slot)).toBe(Math.max(...Array.from({ length: board.slots }, (_, t) => total(t))))
})

test.each([
  ['2026-11-21T16:00:00Z', 0],
  ['2026-11-21T17:50:00Z', 7],
  ['2026-11-22T15:59:00Z', 95],
  ['2026-11-22T16:00:00Z', busiestSlot(board)],
  ['2026-11-21T15:59:00Z', busiestSlot(board)],
])('at %s the board opens at slot %d', (now, slot) => {
  expect(openingSlot(board, new Date(now))).toBe(slot)
})

test('a slot above its envelope less reserve is counted; one that only touches it is not', () => {
  expect(slotsAbove({ plannedKw: [7, 8, 9], envelopeKw: [10, 10, 10], reserveKw: [2, 2, 2] })).toBe(1)
  for (const site of board.sites) expect(slotsAbove(site)).toBe(0)
})
