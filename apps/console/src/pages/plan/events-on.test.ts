import type { GridEventView } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { eventsOn } from './events-on.ts'

test('events of the day are shown on every plan of it, those of another day on none', () => {
  const event = (from: string, to: string) => ({ from, to, plan: 'the first plan of the day' }) as GridEventView
  const [within, over, before] = [
    event('2026-11-23T06:00:00Z', '2026-11-23T07:00:00Z'),
    event('2026-11-22T15:30:00Z', '2026-11-22T16:30:00Z'),
    event('2026-11-22T15:00:00Z', '2026-11-22T16:00:00Z'),
  ]
  const day = { startsAt: '2026-11-22T16:00:00Z', slots: 96, slotMinutes: 15 }
  expect(eventsOn(day, [within!, over!, before!])).toEqual([within, over])
})
