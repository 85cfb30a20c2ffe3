import { describe, expect, test } from 'vitest'
import type { JournalEntry } from '../controller/journal.ts'
import { complianceOf } from './compliance.ts'

const over = (at: number, node = 'north'): JournalEntry => ({ kind: 'over', at, node, kw: 9, limitKw: 5 })
const within = (at: number, node = 'north'): JournalEntry => ({ kind: 'within', at, node, seconds: 1 })
const span = { sites: ['north', 'west'], from: 100_000, to: 400_000 }
const seconds = (...entries: JournalEntry[]) => complianceOf(entries, span)?.seconds

describe('how soon power was within its limits', () => {
  test('from the beginning of the event, the longest of its sites; 0 where nothing stood above', () => {
    expect(seconds()).toBe(0)
    expect(seconds(over(100_500), over(100_700, 'west'), within(102_000), within(103_500, 'west'))).toBe(3.5)
    expect(seconds(over(101_000, 'east'))).toBe(0)
  })

  test('is unknown while a site still stands above its limit', () => {
    expect(seconds(over(100_500))).toBeUndefined()
    expect(seconds(over(100_500), within(400_000))).toBeUndefined()
  })

  test('a site that stood above its limit before the event is within it only when the journal says so', () => {
    expect(seconds(over(90_000))).toBeUndefined()
    expect(seconds(over(90_000), within(104_000))).toBe(4)
    expect(seconds(over(90_000), within(95_000))).toBe(0)
  })

  test('names the jobs that shrank in that time, not those that grew', () => {
    const job = { job: 'a', from: 8, chips: 4, kw: 2, minutes: 9, lostChipHours: 0 }
    const resized = (at: number, chips: number): JournalEntry => ({ kind: 'resized', at, jobs: [{ ...job, chips }] })
    expect(complianceOf([resized(99_000, 4), resized(101_000, 2), resized(102_000, 16)], span)?.shrunk).toEqual([
      { ...job, chips: 2 },
    ])
  })
})
