import { expect, test } from 'vitest'
import { saidCount, saidPercent } from './said-number.ts'

test('counts have separators, shares a per cent sign without a gap', () => {
  expect([0, 999, 12_188, 1_000_000].map(saidCount)).toEqual(['0', '999', '12,188', '1,000,000'])
  expect([saidPercent(0.0009), saidPercent(1), saidPercent(0.5, 1), saidPercent(0.256, 0)]).toEqual([
    ...['0.09%', '100.00%', '50.0%', '26%'],
  ])
})
