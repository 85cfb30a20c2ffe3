import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasThreatData, skippedNote, THREAT_DATA } from '../threat-data.fixture.ts'
import { differences, linesOf, loadOracleRules, matcherIds, type OracleRules } from './oracle.fixture.ts'

/** The copy of the cases ends in the middle of this one: the event that its rule fires on is not there. */
const CUT_CASE = '47e4bab7-c626-47dc-967b-255608c9a920'

describe.runIf(hasThreatData)(`matching on bytes equals the oracle${skippedNote}`, () => {
  let loaded: OracleRules
  beforeAll(async () => {
    loaded = await loadOracleRules()
  })

  test.each(['cloudtrail', 'windows-process-creation-1959'])('on every event of %s', (lane) => {
    expect(differences(lane, 1, matcherIds(loaded))).toEqual([])
  })

  test('on the official regression cases, as often as they say', () => {
    const events = linesOf('conformance/sigmahq-regression.ndjson.br')
    const ids = matcherIds(loaded)
    const cases = readFileSync(join(THREAT_DATA, 'conformance/sigmahq-regression.expect.tsv'), 'utf8')
    const seen = new Map<string, { hits: number; wanted: number }>()
    for (const row of cases.trimEnd().split('\n')) {
      const [line, id = '', count] = row.split('\t')
      const found = seen.get(id) ?? { hits: 0, wanted: Number(count || 1) }
      if (
        ids(events[Number(line)] ?? '')
          .split(',')
          .includes(id)
      )
        found.hits += 1
      seen.set(id, found)
    }
    seen.delete(CUT_CASE)
    expect([...seen].filter(([, { hits, wanted }]) => hits < wanted)).toEqual([])
    expect(seen.size).toBeGreaterThan(50)
  })
})
