import { expect, test } from 'vitest'
import { killRounds } from './kill-rounds.fixture.ts'
import { testFolder } from './pipeline.fixture.ts'

test('kill -9 under load: every acknowledged event is processed, no alert comes twice', async () => {
  const kills = [0.9, 0.2, 0.6]
  const report = await killRounds({ folder: testFolder(), rounds: kills.length, random: () => kills.pop() ?? 0 })
  expect(report).toMatchObject({ missing: [], twice: [] })
  expect(report.acknowledged).toBeGreaterThan(100)
  expect(report.alerts).toBeGreaterThanOrEqual(report.acknowledged / 3)
}, 120_000)
