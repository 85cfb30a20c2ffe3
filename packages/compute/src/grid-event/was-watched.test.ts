import { expect, test } from 'vitest'
import { MINUTE } from '../settlement/meter.ts'
import { wasWatched } from './was-watched.ts'

const seen = (site: string, ...kw: number[]) => ({ site, startsAt: 0, kw })
const NEVER = Number.NaN

test('a house that slept through the beginning of an event saw nothing of it', () => {
  const watched = (...power: ReturnType<typeof seen>[]) => wasWatched(power, ['north', 'west'], MINUTE)
  expect(watched(seen('north', NEVER, 5, NEVER))).toBe(true)
  expect(watched(seen('north', 4, NEVER, 4))).toBe(false)
  expect(watched(seen('north', 4, 4), seen('west', 4, NEVER))).toBe(false)
  expect(watched(seen('east', 4, 4))).toBe(false)
  expect(watched()).toBe(false)
})
