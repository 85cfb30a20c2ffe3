import type { Matcher } from '../../match/matcher.ts'
import type { DetectorCosts, Question } from './detector-protocol.ts'

/** What a detector says of its rules between two batches. */
export function answerOf(matcher: Matcher, question: Question): DetectorCosts | boolean {
  if (question.kind === 'lift') return matcher.lift(question.rule)
  return {
    costs: matcher.ruleCosts().map((cost) => ({ ...cost, rule: cost.rule.id })),
    quarantined: matcher.quarantined.map((each) => ({ ...each, rule: each.rule.id })),
  }
}
