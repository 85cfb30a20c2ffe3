import { expect, test } from 'vitest'
import { fixedClock, systemClock } from './clock.ts'
import { timeOrderedIds } from './ids.ts'

const zeros = (count: number) => new Uint8Array(count)

test('an id is prefix, 10 characters of time and 16 of randomness', () => {
  const ids = timeOrderedIds(fixedClock(new Date(0)), (count) => new Uint8Array(count).fill(255))
  expect(ids.next('sub')).toBe(`sub_0000000000${'z'.repeat(16)}`)
  expect(timeOrderedIds(fixedClock(new Date(33)), zeros).next('a')).toBe(`a_0000000011${'0'.repeat(16)}`)
})

test('ids sort by the time of their making', () => {
  const clock = fixedClock('2026-03-01T08:00:00Z')
  const ids = timeOrderedIds(clock, zeros)
  const made = Array.from({ length: 100 }, (_, i) => {
    clock.advance(i * 977)
    return ids.next('run')
  })
  expect([...made].sort()).toEqual(made)
})

test('80 random bits are asked for and used: two ids of one moment differ', () => {
  let state = 0
  const counting = (count: number) => Uint8Array.from({ length: count }, () => (state += 1))
  const ids = timeOrderedIds(fixedClock(new Date(0)), counting)
  const made = new Set(Array.from({ length: 2 }, () => ids.next('x')))
  expect(made.size).toBe(2)
  expect(state).toBe(32)
})

test('a fixed clock stands still until it is told to go on', () => {
  const clock = fixedClock('2026-03-01T08:00:00Z')
  expect([clock.now(), clock.now()].map((time) => time.toISOString())).toEqual(
    Array(2).fill('2026-03-01T08:00:00.000Z'),
  )
  clock.advance(1500)
  expect(clock.now().toISOString()).toBe('2026-03-01T08:00:01.500Z')
})

test('the clock of the system moves on', () => {
  expect(systemClock.now().getTime()).toBeGreaterThan(Date.parse('2025-01-01'))
})
