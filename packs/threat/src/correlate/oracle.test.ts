import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import { hasThreatData, skippedNote, THREAT_DATA } from '../threat-data.fixture.ts'
import { linesOf, recordedFirings, runLane } from './correlation-lane.fixture.ts'
import { readCorrelations } from './correlation-set.ts'

describe.runIf(hasThreatData)(`correlation equals the oracle${skippedNote}`, () => {
  test('every firing of 130,779 real alerts: line, rule, group and value, in the same order', async () => {
    const text = readFileSync(join(THREAT_DATA, 'conformance/correlation.rules.yml'), 'utf8')
    const set = readCorrelations(loadRules([{ path: 'correlation.rules.yml', text }]))
    expect(set.invalid).toEqual([])
    const found = runLane(set, linesOf(), await loadMappings())
    const recorded = recordedFirings()
    expect(found.length).toBe(21_330)
    expect(found.filter((line, i) => line !== recorded[i])).toEqual([])
  })
})
