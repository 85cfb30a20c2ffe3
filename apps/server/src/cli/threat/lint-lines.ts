import { fillText, type Text } from '@dengta/kernel'
import type { CorrelationSet, Format, IdleRule, InvalidRule, LogSourceCount, RuleSet } from '@dengta/threat'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

/** What a folder of rules holds, and everything in it that cannot be used. */
export interface LintReport {
  readonly rules: number
  readonly correlations: number
  readonly filters: number
  readonly invalid: readonly InvalidRule[]
  /** Valid and yet without effect. */
  readonly idle: readonly IdleRule[]
  readonly byLogSource: readonly LogSourceCount[]
  /** Forms of events in the order in which they are tried, the own ones first. */
  readonly forms: readonly string[]
}

export function lintReportOf(
  ruleSet: RuleSet,
  { correlations, invalid }: CorrelationSet,
  formats: readonly Format[],
): LintReport {
  return {
    rules: ruleSet.rules.length,
    correlations: correlations.length,
    filters: ruleSet.filters.length,
    invalid: [...ruleSet.invalid, ...invalid].toSorted(byPlace),
    idle: ruleSet.idle.toSorted(byPlace),
    byLogSource: ruleSet.byLogSource,
    forms: formats.map(({ id }) => id),
  }
}

type Placed = Pick<InvalidRule, 'file' | 'line'>

const byPlace = (a: Placed, b: Placed): number => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)

export function lintLines(report: LintReport, { say }: Pick<Terminal, 'say'>): string[] {
  const faults = report.invalid.map(({ file, line, code, reason }) => `✗ ${file}:${line}  ${say(reason)} [${code}]`)
  const idle = report.idle.map(({ file, line, reason }) => `! ${file}:${line}  ${say(reason)}`)
  const sources = report.byLogSource.map(({ product, category, service, rules }) => [
    String(rules),
    [product, category, service].map((part) => part ?? '*').join(' / '),
  ])
  const heading = [say({ en: 'rules', zh: '规则' }), 'product / category / service']
  return [...faults, ...idle, ...formatTable([heading, ...sources]), say(verdictOf(report))]
}

function verdictOf({ rules, correlations, filters, invalid }: LintReport): Text {
  const mark = invalid.length === 0 ? '✓' : '✗'
  return fillText(VERDICT, { mark, rules, correlations, filters, refused: invalid.length })
}

const VERDICT: Text = {
  en: '{mark} {rules} {rules:rule|rules}, {correlations} {correlations:correlation|correlations} and {filters} {filters:filter|filters} valid, {refused} refused',
  zh: '{mark} 有效：规则 {rules} 条，关联规则 {correlations} 条，过滤器 {filters} 条；拒绝 {refused} 条',
}
