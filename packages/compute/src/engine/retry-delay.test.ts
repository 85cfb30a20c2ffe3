import { expect, test } from 'vitest'
import { retryDelay } from './retry-delay.ts'

test('waits longer after each attempt that fails, five minutes at most', () => {
  expect([1, 2, 3, 9, 10, 5000].map(retryDelay)).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000])
})
