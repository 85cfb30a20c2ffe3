import { beforeAll, describe, expect, test } from 'vitest'
import { hasThreatData, skippedNote } from '../threat-data.fixture.ts'
import { differences, loadOracleRules, matcherIds, type OracleRules, plainIds } from './oracle.fixture.ts'

describe.runIf(hasThreatData)(`both matchers equal the oracle${skippedNote}`, () => {
  let loaded: OracleRules
  beforeAll(async () => {
    loaded = await loadOracleRules()
  })

  test.each(['zeek', 'windows-raw'])('on bytes, every event of %s', (lane) => {
    expect(differences(lane, 1, matcherIds(loaded))).toEqual([])
  })

  test.each([
    ['cloudtrail', 1],
    ['windows-process-creation-1959', 4],
    ['zeek', 4],
    ['windows-raw', 30],
  ])('by the plain meaning, on %s every %ith event', (lane, every) => {
    expect(differences(lane, every, plainIds(loaded))).toEqual([])
  })
})
