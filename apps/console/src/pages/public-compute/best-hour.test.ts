import type { FreeBoard } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { bestHour } from './best-hour.ts'

const board: FreeBoard = {
  ...{ plan: 'p', startsAt: '2026-03-02T16:00:00Z', slotMinutes: 30, slots: 4, now: 0 },
  pools: [
    { site: 'a', chip: 'x', trust: 'open', count: 8, free: [4, 4, 0, 4] },
    { site: 'b', chip: 'x', trust: 'open', count: 8, free: [0, 0, 2, 3] },
  ],
  sites: [
    { site: 'a', yuanPerKwh: [0.5, 0.5, 0.4, 0.4], carbonKgPerKwh: [0.6, 0.6, 0.2, 0.2], freeKw: [1, 1, 1, 1] },
    { site: 'b', yuanPerKwh: [0.5, 0.5, 0.3, 0.3], carbonKgPerKwh: [0.1, 0.1, 0.4, 0.4], freeKw: [1, 1, 1, 1] },
  ],
}

test('the cleanest hour counts only where something is free through all of it', () => {
  expect(bestHour(board)).toMatchObject({ site: 'b', hour: 1, chips: 2, carbon: 0.4, price: 0.3 })
})

test('hours that are over are not offered', () => {
  expect(bestHour({ ...board, now: 4 })).toBeUndefined()
  expect(bestHour({ ...board, now: 2 })).toMatchObject({ hour: 1 })
})

test('before the day every hour is to come; without plan there is none', () => {
  expect(bestHour({ ...board, now: -1 })).toMatchObject({ hour: 1 })
  expect(bestHour({ slotMinutes: 15, slots: 0, now: -1, pools: [], sites: [] })).toBeUndefined()
})
