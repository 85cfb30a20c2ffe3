import type { Text } from '@dengta/kernel'
import { fillText } from '@dengta/kernel'
import type { RuleRow } from '@dengta/sdk'
import { SLOW_MS } from '../../match/rule-meter.ts'
import type { RuleCosts, RuleFigures, RuleQuarantine } from '../../pipeline/detector/rule-costs.ts'

/** What the detectors of the live flow keep of one rule. */
export interface LiveRule {
  readonly milliseconds: number
  readonly cost: NonNullable<RuleRow['cost']>
  readonly quarantine: RuleRow['quarantine']
}

/** By id of the rule; rules that were never checked are not in it. */
export type LiveFigures = ReadonlyMap<string, LiveRule>

/** Figures for the pages. `share` is of the time that all rules took, `secondsPerMillion` of all events of the flow. */
export function liveFigures({ detectors, events, rules }: RuleCosts): LiveFigures {
  const all = rules.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  return new Map(rules.map((each) => [each.rule, liveRule(each, { all, events, detectors })]))
}

function liveRule(
  { checks, milliseconds, quarantine }: RuleFigures,
  { all, events, detectors }: { readonly all: number; readonly events: number; readonly detectors: number },
): LiveRule {
  const cost = {
    microseconds: milliseconds * 1000,
    evaluations: checks,
    share: all > 0 ? milliseconds / all : 0,
    secondsPerMillion: events > 0 ? (milliseconds / events) * 1000 : 0,
  }
  return { milliseconds, cost, quarantine: quarantine && quarantineView(quarantine, detectors) }
}

function quarantineView({ detectors, sinceMs, ...slowness }: RuleQuarantine, of: number): RuleRow['quarantine'] {
  return { since: new Date(sinceMs).toISOString(), reason: reasonOf(slowness), detectors, of }
}

const REASON: Text = {
  en: '{slow} of {measured} measured checks took longer than {limit} ms, the slowest {slowest} ms',
  zh: '计时的 {measured} 次检查中有 {slow} 次超过 {limit} 毫秒，最慢的一次为 {slowest} 毫秒',
}

function reasonOf({ slow, measured, slowestMs }: Pick<RuleQuarantine, 'slow' | 'measured' | 'slowestMs'>): Text {
  return fillText(REASON, { slow, measured, limit: SLOW_MS, slowest: Math.round(slowestMs) })
}
