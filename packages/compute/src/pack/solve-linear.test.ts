import { expect, test } from 'vitest'
import { solveLinear } from './solve-linear.ts'

/** 3 a + 2 b at most 7, a at most 2: split at will, or in whole numbers. */
const KNAPSACK = {
  worth: [5, 3],
  upper: [2, 10],
  entries: [[[0, 3]], [[0, 2]]],
  limits: [7],
} as const

test('the optimum and what one more unit of a limit is worth', async () => {
  const { columns, prices } = await solveLinear(KNAPSACK)
  expect(columns[0]).toBeCloseTo(2, 9)
  expect(columns[1]).toBeCloseTo(0.5, 9)
  expect(prices[0]).toBeCloseTo(1.5, 9)
})

test('whole numbers only, where that is asked for', async () => {
  const { columns } = await solveLinear({ ...KNAPSACK, whole: true })
  expect([...columns].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 2])
})

test('a program without an end is no optimum', async () => {
  const endless = { worth: [1], upper: [Number.POSITIVE_INFINITY], entries: [[]], limits: [] }
  await expect(solveLinear(endless)).rejects.toThrow(/not optimal/)
})
