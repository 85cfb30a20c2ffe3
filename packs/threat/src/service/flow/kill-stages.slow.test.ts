import { expect, test } from 'vitest'
import { testFolder } from '../../pipeline/pipeline.fixture.ts'
import { killStages } from './kill-stages.fixture.ts'

/** 0 to 1, unordered and the same in every run (Lehmer). */
function spread(): () => number {
  let seed = 20
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

test('kill -9 with the DNS watch, correlation and triage: no alert, name or finding is lost, none comes twice', async () => {
  const report = await killStages({ folder: testFolder(), rounds: 20, random: spread() })
  expect(report).toMatchObject({ missing: [], twice: [], different: [], findingsTwice: [], namesLost: [] })
  expect(report.acknowledged).toBeGreaterThan(1000)
  expect(report.findings.correlation).toBeGreaterThan(100)
  expect(report.findings['dns-volume']).toBeGreaterThan(2)
  expect(report.findings.triage).toBeGreaterThan(10)
})
