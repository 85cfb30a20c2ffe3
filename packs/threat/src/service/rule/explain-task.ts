import type { RuleExplanation } from '@dengta/sdk'
import { explainRule } from '../../match/explain-rule.ts'
import { loadMappings } from '../../normalise/mapping-files.ts'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import { hashOf } from '../../pipeline/detector/load-rule-source.ts'
import { loadRules, type RuleFile } from '../../rule/load-rules.ts'
import { readRuleFiles } from '../../rule/rule-files.ts'
import { explanationView } from './explanation-view.ts'

/** One event and one rule of a rule set that was read before. */
export interface ExplainTask {
  readonly source: RuleSource
  /** Of the rule set as it was read. */
  readonly hash: string
  readonly id: string
  /** Where the rule stands in it. */
  readonly file: string
  readonly event: object
}

/** `changed`: the files are no longer those of the hash, so the answer might be about another rule. */
export type ExplainAnswer = { readonly explanation: RuleExplanation } | { readonly changed: true }

/** Reads the rule with the filters that tune it, and explains the event. Throws what the file system throws, and too_costly. */
export async function explainTask({ source, hash, id, file, event }: ExplainTask): Promise<ExplainAnswer> {
  const files = await readRuleFiles(source.path, source.under)
  if (hashOf(files) !== hash) return { changed: true }
  const needed = files.filter((each) => each.path === file || mayHoldFilter(each))
  const rule = loadRules(needed, source).rules.find((each) => each.id === id)
  if (!rule) return { changed: true }
  const formats = await loadMappings(source.mappings)
  return { explanation: explanationView(rule, explainRule(event, rule, formats)) }
}

/** A document with a key `filter` of its own, or one that is written as JSON. */
const mayHoldFilter = ({ text }: RuleFile): boolean => /^(?:["']?filter["']?\s*:|\s*\{)/m.test(text)
