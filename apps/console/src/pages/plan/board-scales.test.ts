import type { SiteBoard } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE } from '../../testing/golden-house.ts'
import { boardScales, busiestSlot, slotsAbove } from './board-scales.ts'

const board = GOLDEN_HOUSE[`/compute/plans/${GOLDEN.plan}/board`] as SiteBoard

test('one scale holds the values of every site', () => {
  const { price, carbon, worth } = boardScales(board)
  for (const site of board.sites) {
    expect(Math.max(...site.yuanPerKwh)).toBeLessThanOrEqual(price)
    expect(Math.max(...site.carbonKgPerKwh)).toBeLessThanOrEqual(carbon)
    expect(Math.max(...site.shadowYuanPerMwh)).toBeLessThanOrEqual(worth)
  }
})

test('the board opens at the slot in which most is drawn', () => {
  const total = (slot: number) => board.sites.reduce((sum, site) => sum + site.plannedKw[slot]!, 0)
  const slot = busiestSlot(board)
  expect(total(slot)).toBe(Math.max(...Array.from({ length: board.slots }, (_, t) => total(t))))
})

test('a slot above its envelope less reserve is counted; one that only touches it is not', () => {
  expect(slotsAbove({ plannedKw: [7, 8, 9], envelopeKw: [10, 10, 10], reserveKw: [2, 2, 2] })).toBe(1)
  for (const site of board.sites) expect(slotsAbove(site)).toBe(0)
})
