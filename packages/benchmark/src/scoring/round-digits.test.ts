import { expect, test } from 'vitest'
import { roundDigits } from './round-digits.ts'

test.each([
  [607.3753370034052, 607.4, 607.3, 607.4],
  [0.81234567, 0.8123, 0.8123, 0.8124],
  [-0.81234567, -0.8123, -0.8124, -0.8123],
  [1, 1, 1, 1],
  [0.75, 0.75, 0.75, 0.75],
  [0.1 + 0.2, 0.3, 0.3, 0.3],
  [999.96, 1000, 999.9, 1000],
  [0, 0, 0, 0],
  [173848112.94, 173800000, 173800000, 173900000],
  [1.23456e-20, 1.235e-20, 1.234e-20, 1.235e-20],
])('%d', (value, nearest, down, up) => {
  expect([roundDigits(value), roundDigits(value, 'down'), roundDigits(value, 'up')]).toEqual([nearest, down, up])
})
