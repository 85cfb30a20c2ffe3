import { expect, test } from 'vitest'
import { killRounds } from './support/kill-rounds.ts'

test('kill -9 under load: nothing acknowledged is lost, the log never forks, no second server gets in', async () => {
  let seed = 20_261_122
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  const report = await killRounds({ rounds: 12, random })
  expect(report.lost).toEqual([])
  expect(report.intruders).toBe(0)
  expect(report.records).toBeGreaterThan(50)
  expect(report.submissions).toBeGreaterThan(20)
  expect(report.checkpoints).toBeGreaterThan(20)
})
