import { expect, test } from 'vitest'
import { pagesOf, windowRange } from './window-range.ts'

const seen = (top: number, total: number) => windowRange({ top, height: 600, rowTall: 40, total })

test('only what is in sight is drawn, with some air', () => {
  expect(seen(0, 10_000)).toEqual({ from: 0, to: 23 })
  expect(seen(200_000, 10_000)).toEqual({ from: 4992, to: 5023 })
  expect(seen(400_000 - 600, 10_000)).toEqual({ from: 9977, to: 10_000 })
})

test.each([
  [0, 0],
  [-50, 3],
  [9_999_999, 5],
])('scrolled to %d in a list of %d: never outside of it', (top, total) => {
  const { from, to } = seen(top, total)
  expect(from).toBeGreaterThanOrEqual(0)
  expect(to).toBeLessThanOrEqual(total)
  expect(from).toBeLessThanOrEqual(to)
})

test('the pages that a range touches', () => {
  expect(pagesOf({ from: 0, to: 23 }, 100)).toEqual([0])
  expect(pagesOf({ from: 92, to: 123 }, 100)).toEqual([0, 1])
  expect(pagesOf({ from: 100, to: 200 }, 100)).toEqual([1])
  expect(pagesOf({ from: 0, to: 0 }, 100)).toEqual([0])
})
