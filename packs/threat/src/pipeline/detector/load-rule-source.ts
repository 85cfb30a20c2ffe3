import { createHash } from 'node:crypto'
import type { Format } from '../../normalise/format.ts'
import { readMappings } from '../../normalise/read-mapping.ts'
import { type LoadRulesOptions, loadRules, type RuleFile } from '../../rule/load-rules.ts'
import type { Rule } from '../../rule/rule.ts'
import type { RuleSetReport, RuleSource } from './detector-protocol.ts'
import { type RuleTexts, readRuleTexts } from './rule-texts.ts'

export interface LoadedRuleSource {
  readonly rules: readonly Rule[]
  readonly formats: readonly Format[]
  readonly report: RuleSetReport
}

/** Reads and checks a rule set with its mappings. Throws what the file system and the mappings throw; faulty rules are in the report. */
export const loadRuleSource = async (source: RuleSource): Promise<LoadedRuleSource> =>
  loadRuleTexts(await readRuleTexts(source), source)

/** The same from texts that were read; `onFile` is told each path before its file is looked at. */
export function loadRuleTexts(
  { rules: files, forStages, mappings }: RuleTexts,
  options: LoadRulesOptions,
  onFile?: (path: string) => void,
): LoadedRuleSource {
  const formats = readMappings(mappings)
  const { rules, correlations, filters, invalid, idle, byLogSource } = loadRules(files, options, onFile)
  const counts = { rules: rules.length, correlations: correlations.length, filters: filters.length }
  const watched = [...rules, ...loadRules(forStages).rules]
  return { rules: watched, formats, report: { hash: hashOf(files), ...counts, invalid, idle, byLogSource } }
}

/** SHA-256 over paths and texts. */
export function hashOf(files: readonly RuleFile[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of files) hash.update(`${path}\n${text.length}\n${text}`)
  return hash.digest('hex')
}
