import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import { appliesTo, type Rule } from '../rule/rule.ts'
import { readRuleFiles } from '../rule/rule-files.ts'
import { ORACLE_FOLDERS, ORACLE_PLACEHOLDERS, RULE_ARCHIVE, readBrotli, readOracle } from '../threat-data.fixture.ts'
import { Matcher } from './matcher.ts'
import { matchPlainly, normalise } from './plain-matcher.ts'

export interface OracleRules {
  readonly rules: readonly Rule[]
  readonly formats: readonly Format[]
}

export interface Difference {
  readonly line: number
  readonly got: string
  readonly expected: string
}

/** The rules and mappings as the oracle had them. */
export async function loadOracleRules(): Promise<OracleRules> {
  const files = await readRuleFiles(RULE_ARCHIVE, ORACLE_FOLDERS)
  return { rules: loadRules(files, { placeholders: ORACLE_PLACEHOLDERS }).rules, formats: await loadMappings() }
}

/** Sorted, joined ids of the rules that hold for a line by their plain meaning. */
export function plainIds({ rules, formats }: OracleRules): (line: string) => string {
  const bySource = new Map<string, readonly Rule[]>()
  return (line) => {
    const event = normalise(JSON.parse(line), formats)
    const key = JSON.stringify(event.source.logSource)
    const candidates = bySource.get(key) ?? rules.filter((rule) => appliesTo(rule.logSource, event.source.logSource))
    bySource.set(key, candidates)
    return joined(matchPlainly(candidates, event))
  }
}

/** The same by the matcher on bytes. */
export function matcherIds({ rules, formats }: OracleRules): (line: string) => string {
  const matcher = new Matcher(rules, formats)
  return (line) => {
    const bytes = Buffer.from(`${line}\n`)
    const fired: Rule[] = []
    const outcome = matcher.match(bytes, 0, bytes.length - 1, (rule) => fired.push(rule))
    return 'fault' in outcome ? outcome.fault : joined(fired)
  }
}

const joined = (rules: readonly Rule[]): string =>
  rules
    .map((rule) => rule.id)
    .sort()
    .join(',')

export const linesOf = (name: string): string[] => readBrotli(name).toString('utf8').trimEnd().split('\n')

/** Lines of a lane (every `every`th) where a matcher and the recorded oracle disagree. */
export function differences(lane: string, every: number, ids: (line: string) => string): Difference[] {
  const oracle = readOracle(`rsigma-${lane}`)
  return linesOf(`events/${lane}.ndjson.br`).flatMap((text, line) => {
    if (line % every !== 0) return []
    const got = ids(text)
    const expected = oracle.get(line) ?? ''
    return got === expected ? [] : [{ line, got, expected }]
  })
}
