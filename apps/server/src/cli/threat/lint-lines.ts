import { fillText, type Text } from '@dengta/kernel'
import type { CorrelationSet, Format, InvalidRule, LogSourceCount, RuleSet } from '@dengta/threat'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

/** What a folder of rules holds, and everything in it that cannot be used. */
export interface LintReport {
  readonly rules: number
  readonly correlations: number
  readonly filters: number
  readonly invalid: readonly InvalidRule[]
  readonly byLogSource: readonly LogSourceCount[]
  /** Forms of events in the order in which they are tried, the own ones first. */
  readonly forms: readonly string[]
}

export function lintReportOf(
  ruleSet: RuleSet,
  { correlations, invalid }: CorrelationSet,
  formats: readonly Format[],
): LintReport {
  const all = [...ruleSet.invalid, ...invalid]
  return {
    rules: ruleSet.rules.length,
    correlations: correlations.length,
    filters: ruleSet.filters.length,
    invalid: all.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
    byLogSource: ruleSet.byLogSource,
    forms: formats.map(({ id }) => id),
  }
}

export function lintLines(report: LintReport, { say }: Pick<Terminal, 'say'>): string[] {
  const faults = report.invalid.map(({ file, line, code, reason }) => `✗ ${file}:${line}  ${say(reason)} [${code}]`)
  const sources = report.byLogSource.map(({ product, category, service, rules }) => [
    String(rules),
    [product, category, service].map((part) => part ?? '*').join(' / '),
  ])
  const heading = [say({ en: 'rules', zh: '规则' }), 'product / category / service']
  return [...faults, ...formatTable([heading, ...sources]), say(verdictOf(report))]
}

function verdictOf({ rules, correlations, filters, invalid }: LintReport): Text {
  const mark = invalid.length === 0 ? '✓' : '✗'
  return fillText(VERDICT, { mark, rules, correlations, filters, refused: invalid.length })
}

const VERDICT: Text = {
  en: '{mark} {rules} {rules:rule|rules}, {correlations} {correlations:correlation|correlations} and {filters} {filters:filter|filters} valid, {refused} refused',
  zh: '{mark} 有效：规则 {rules} 条，关联规则 {correlations} 条，过滤器 {filters} 条；拒绝 {refused} 条',
}
