import { createHash } from 'node:crypto'
import type { Format } from '../../normalise/format.ts'
import { loadMappings } from '../../normalise/mapping-files.ts'
import { loadRules, type RuleFile } from '../../rule/load-rules.ts'
import type { Rule } from '../../rule/rule.ts'
import { readRuleFiles } from '../../rule/rule-files.ts'
import type { RuleSetReport, RuleSource } from './detector-protocol.ts'

export interface LoadedRuleSource {
  readonly rules: readonly Rule[]
  readonly formats: readonly Format[]
  readonly report: RuleSetReport
}

/** Reads and checks a rule set with its mappings; `onFile` is told each path before its file is read. Throws what the file system throws; faulty rules are in the report. */
export async function loadRuleSource(source: RuleSource, onFile?: (path: string) => void): Promise<LoadedRuleSource> {
  const files = await readRuleFiles(source.path, source.under)
  const formats = await loadMappings(source.mappings)
  const { rules, correlations, filters, invalid, idle, byLogSource } = loadRules(files, source, onFile)
  const forStages = source.forStages === undefined ? [] : await readRuleFiles(source.forStages)
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
