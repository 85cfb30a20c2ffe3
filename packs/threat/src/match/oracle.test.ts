import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import { appliesTo, type Rule } from '../rule/rule.ts'
import { readRuleFiles } from '../rule/rule-files.ts'
import {
  hasThreatData,
  ORACLE_FOLDERS,
  ORACLE_PLACEHOLDERS,
  RULE_ARCHIVE,
  readBrotli,
  readOracle,
  skippedNote,
  THREAT_DATA,
} from '../threat-data.fixture.ts'
import { Matcher } from './matcher.ts'
import { matchPlainly, normalise } from './plain-matcher.ts'

let rules: readonly Rule[] = []
let formats: readonly Format[] = []

beforeAll(async () => {
  formats = await loadMappings()
  if (!hasThreatData) return
  const files = await readRuleFiles(RULE_ARCHIVE, ORACLE_FOLDERS)
  rules = loadRules(files, { placeholders: ORACLE_PLACEHOLDERS }).rules
})

/** The rules that can apply at all, found once for each log source. */
function plainMatcher(): (line: string) => string {
  const bySource = new Map<string, readonly Rule[]>()
  return (line) => {
    const event = normalise(JSON.parse(line), formats)
    const key = JSON.stringify(event.source.logSource)
    let candidates = bySource.get(key)
    if (!candidates) {
      candidates = rules.filter((rule) => appliesTo(rule.logSource, event.source.logSource))
      bySource.set(key, candidates)
    }
    return matchPlainly(candidates, event)
      .map((rule) => rule.id)
      .sort()
      .join(',')
  }
}

const linesOf = (name: string): string[] => readBrotli(name).toString('utf8').trimEnd().split('\n')

describe.runIf(hasThreatData)(`the plain meaning of the rules equals the oracle${skippedNote}`, () => {
  test.each([
    ['cloudtrail', 1],
    ['windows-process-creation-1959', 20],
    ['zeek', 20],
    ['windows-raw', 60],
  ])('on %s, every %ith event', (lane, every) => {
    const expected = readOracle(`rsigma-${lane}`)
    const match = plainMatcher()
    const differences = linesOf(`events/${lane}.ndjson.br`).flatMap((line, i) => {
      if (i % every !== 0) return []
      const got = match(line)
      return got === (expected.get(i) ?? '') ? [] : [{ line: i, got, expected: expected.get(i) ?? '' }]
    })
    expect(differences).toEqual([])
  })

  test('on the official regression cases', () => {
    const events = linesOf('conformance/sigmahq-regression.ndjson.br')
    const match = plainMatcher()
    const cases = readFileSync(join(THREAT_DATA, 'conformance/sigmahq-regression.expect.tsv'), 'utf8')
    const seen = new Map<string, { hits: number; wanted: number }>()
    for (const row of cases.trimEnd().split('\n')) {
      const [line, id = '', count] = row.split('\t')
      const found = seen.get(id) ?? { hits: 0, wanted: Number(count || 1) }
      if (
        match(events[Number(line)] ?? '')
          .split(',')
          .includes(id)
      )
        found.hits += 1
      seen.set(id, found)
    }
    // the copy ends in the middle of a case: the event that its rule fires on is not there
    seen.delete('47e4bab7-c626-47dc-967b-255608c9a920')
    const missed = [...seen].filter(([, { hits, wanted }]) => hits < wanted)
    expect(missed).toEqual([])
  })
})

describe.runIf(hasThreatData)(`matching on bytes equals the oracle${skippedNote}`, () => {
  test.each([['cloudtrail'], ['windows-process-creation-1959'], ['zeek'], ['windows-raw']])(
    'on every event of %s',
    (lane) => {
      const expected = readOracle(`rsigma-${lane}`)
      const matcher = new Matcher(rules, formats)
      const bytes = readBrotli(`events/${lane}.ndjson.br`)
      const differences: unknown[] = []
      let line = 0
      let to = bytes.indexOf(10)
      for (let from = 0; to >= 0; from = to + 1, to = bytes.indexOf(10, from)) {
        const ids: string[] = []
        const outcome = matcher.match(bytes, from, to, (rule) => ids.push(rule.id))
        const got = 'fault' in outcome ? outcome.fault : ids.sort().join(',')
        if (got !== (expected.get(line) ?? '')) differences.push({ line, got })
        line += 1
      }
      expect(differences).toEqual([])
      expect(line).toBeGreaterThan(1900)
    },
  )
})
