import { type CorrelatedRules, readCorrelations } from '../../correlate/correlation-set.ts'
import { standingOf } from '../../correlate/generating.ts'
import { routesOf } from '../../correlate/routes.ts'
import type { Format } from '../../normalise/format.ts'
import { loadMappings } from '../../normalise/mapping-files.ts'
import { readWithinLimits } from '../../pipeline/detector/check-rule-source.ts'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import { loadRules } from '../../rule/load-rules.ts'
import { readRuleFiles } from '../../rule/rule-files.ts'

/** What correlating needs of a rule set and its mappings. */
export interface CorrelationRules {
  readonly set: CorrelatedRules
  /** Ids of rules that alert only through correlations. */
  readonly silent: readonly string[]
  readonly formats: readonly Format[]
}

type ReadRules = Omit<CorrelationRules, 'formats'>

export type CorrelationMessage =
  | ({ readonly kind: 'read' } & ReadRules)
  | { readonly kind: 'refused'; readonly why: string }

/** Reads the rules in a thread with the limits of a reload. Throws `threat_pipeline.rules_refused`. */
export async function correlationRules(source: RuleSource): Promise<CorrelationRules> {
  const { set, silent } = await readWithinLimits<CorrelationMessage>('threat-correlation-reader', source)
  return { set, silent, formats: await loadMappings(source.mappings) }
}

/**
 * The rules are read only where one of them is a correlation; `onFile` is told each path before its file is read. Throws
 * `threat_correlation.too_large` where the chains branch beyond reason.
 */
export async function readCorrelationFiles(source: RuleSource, onFile: (path: string) => void): Promise<ReadRules> {
  const files = await readRuleFiles(source.path, source.under)
  if (!files.some(({ text }) => /^correlation:/m.test(text)))
    return { set: { rules: [], correlations: [] }, silent: [] }
  const { rules, correlations } = readCorrelations(loadRules(files, source, onFile))
  routesOf({ rules, correlations })
  const standing = standingOf({ rules, correlations }).rules
  const silent = rules.filter((_, place) => !standing[place]).map(({ id }) => id)
  return { set: { rules: rules.map(({ id }) => ({ id })), correlations }, silent }
}
