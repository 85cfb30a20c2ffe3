import type { DetectorCosts } from './detector-protocol.ts'

/** Why and since when detectors no longer look at a rule. Each detector decides for itself. */
export interface RuleQuarantine {
  /** How many detectors have put it away. */
  readonly detectors: number
  /** The earliest of them, milliseconds since 1970. */
  readonly sinceMs: number
  /** Checks that were too slow, of how many measured ones, and the slowest of them. */
  readonly slow: number
  readonly measured: number
  readonly slowestMs: number
}

/** One rule over all detectors. `checks` and `milliseconds` are estimated from a sample of events. */
export interface RuleFigures {
  readonly rule: string
  readonly checks: number
  /** Elapsed time of the threads, which on a crowded machine is more than CPU time. */
  readonly milliseconds: number
  readonly quarantine?: RuleQuarantine
}

/** What rules have cost since the detectors loaded them; a detector that was lost takes its figures along. */
export interface RuleCosts {
  /** Of the rule set, as in its report. */
  readonly hash: string
  readonly detectors: number
  readonly events: number
  /** Only rules that were checked, dearest first. */
  readonly rules: readonly RuleFigures[]
}

/** Adds up what detectors say of the same rules. */
export function sumCosts(reports: readonly DetectorCosts[]): readonly RuleFigures[] {
  const sums = new Map<string, RuleFigures>()
  const sumOf = (rule: string): RuleFigures => sums.get(rule) ?? { rule, checks: 0, milliseconds: 0 }
  for (const { costs, quarantined } of reports) {
    for (const { rule, checks, milliseconds } of costs) {
      const sum = sumOf(rule)
      sums.set(rule, { ...sum, checks: sum.checks + checks, milliseconds: sum.milliseconds + milliseconds })
    }
    for (const { rule, ...one } of quarantined) {
      const sum = sumOf(rule)
      sums.set(rule, { ...sum, quarantine: joined(sum.quarantine, { detectors: 1, ...one }) })
    }
  }
  return [...sums.values()].sort((a, b) => b.milliseconds - a.milliseconds)
}

function joined(known: RuleQuarantine | undefined, one: RuleQuarantine): RuleQuarantine {
  if (!known) return one
  return {
    detectors: known.detectors + one.detectors,
    sinceMs: Math.min(known.sinceMs, one.sinceMs),
    slow: known.slow + one.slow,
    measured: known.measured + one.measured,
    slowestMs: Math.max(known.slowestMs, one.slowestMs),
  }
}
