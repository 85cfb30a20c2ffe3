import type { LoggedRecord, Predicate } from '@dengta/evidence'
import { canonicalJson, HOUSE, type Reason, sha256Hex, utf8 } from '@dengta/kernel'
import { criterionReasons } from './criterion-reasons.ts'
import { criteriaFor, decideG2 } from './decide-g2.ts'
import { isSame, type SubmissionFacts, submissionFacts } from './g3-facts.ts'
import { sayG3 } from './g3-reasons.ts'
import { type GateDecision, stateOf } from './gate.ts'
import { basisOf, ofScenario, predicateOf, type Records } from './records.ts'

/** The isolation that a score must have been made under. */
const REQUIRED_LEVEL = 'bubblewrap'

/** G3: is the submission proven? Scored by the house on sealed rows, in a sandbox that held, reaching the criteria, replayed. */
export function decideG3(records: Records, scenario: string, submission: string): GateDecision {
  const own = ofScenario(records, scenario)
  const facts = submissionFacts(own, submission)
  const data = facts.submission && decideG2(own, scenario, predicateOf(facts.submission).benchmark)
  const reasons = [
    ...submitted(facts),
    ...(data ? [dataOpen(data)] : []),
    evaluated(facts),
    ...scored(facts),
    isolated(facts),
    replayed(facts),
  ]
  const basis = basisOf(...Object.values(facts), ...own.filter(({ id }) => data?.basis.includes(id)))
  return { gate: 'G3', about: submission, decision: stateOf(reasons), reasons, basis }
}

function submitted({ scenario, submission, seal }: SubmissionFacts): readonly Reason[] {
  if (!submission) return [sayG3('g3.submission', 'missing')]
  const { actor, name, benchmark } = predicateOf(submission)
  const statement = scenario && predicateOf(scenario)
  const owners = [statement?.owner, seal && predicateOf(seal).actor]
  const named = criteriaFor(statement, benchmark).length > 0
  return [
    sayG3('g3.submission', named ? 'named' : 'elsewhere', { name, actor, benchmark }),
    sayG3('g3.independent', owners.includes(actor) ? 'owner' : 'other', { actor }),
  ]
}

function dataOpen({ decision, about: benchmark }: GateDecision): Reason {
  const finding = decision === 'OPEN' ? 'open' : decision === 'CLOSED' ? 'closed' : 'unproven'
  return sayG3('g3.data', finding, { benchmark })
}

function evaluated(facts: SubmissionFacts): Reason {
  const { evaluation, refusal } = facts
  if (!evaluation) {
    if (!refusal) return sayG3('g3.evaluation', 'missing')
    return sayG3('g3.evaluation', 'refused', { code: predicateOf(refusal).code })
  }
  const { actor, result, resultDigest } = predicateOf(evaluation)
  if (actor !== HOUSE) return sayG3('g3.evaluation', 'other', { actor })
  if (sha256Hex(utf8(canonicalJson(result))) !== resultDigest) return sayG3('g3.evaluation', 'altered')
  return sayG3('g3.evaluation', isOfPresentData(result, facts) ? 'present' : 'outdated', { rows: result.rows })
}

function isOfPresentData(result: Predicate<'evaluation'>['result'], { submission, seal }: SubmissionFacts): boolean {
  if (!submission || !seal) return false
  const { benchmark, model } = predicateOf(submission)
  const { hiddenCommitment, definition } = predicateOf(seal)
  return (
    result.benchmark === benchmark &&
    result.model === model &&
    result.hiddenCommitment === hiddenCommitment &&
    result.definition === definition
  )
}

function scored({ scenario, submission, evaluation }: SubmissionFacts): readonly Reason[] {
  if (!scenario || !submission || !evaluation) return []
  const { result } = predicateOf(evaluation)
  const statement = predicateOf(scenario)
  const criteria = criteriaFor(statement, predicateOf(submission).benchmark)
  return [
    ...criteria.flatMap((criterion) => criterionReasons(criterion, result)),
    guards(statement.requirement.guardMetrics, result),
  ]
}

function guards(names: readonly string[], { guards, metric, score }: Predicate<'evaluation'>['result']): Reason {
  const figures: Readonly<Record<string, number>> = { ...guards, [metric]: score.value }
  const missing = names.filter((name) => figures[name] === undefined)
  if (missing.length > 0) return sayG3('g3.guards', 'missing', { names: missing.join(', ') })
  const shown = names.map((name) => `${name} ${Number(figures[name]!.toPrecision(4))}`)
  return sayG3('g3.guards', 'present', { figures: shown.join(', ') })
}

function isolated({ evaluation, isolation }: SubmissionFacts): Reason {
  if (!evaluation || !isolation) return sayG3('g3.isolation', 'missing')
  const { actor, held, level, probes } = predicateOf(isolation)
  if (actor !== HOUSE) return sayG3('g3.isolation', 'other', { actor })
  if (!belongsTo(isolation, evaluation)) return sayG3('g3.isolation', 'late')
  const failed = probes.filter((probe) => !probe.held).map((probe) => probe.attack)
  if (level !== REQUIRED_LEVEL) return sayG3('g3.isolation', 'weak', { level, required: REQUIRED_LEVEL })
  if (!held || failed.length > 0) return sayG3('g3.isolation', 'broken', { failed: failed.join(', ') || 'canary' })
  return sayG3('g3.isolation', 'held', { probes: probes.length, level })
}

function belongsTo(isolation: LoggedRecord<'isolation'>, evaluation: LoggedRecord<'evaluation'>): boolean {
  const sameSubmission = predicateOf(isolation).submission === predicateOf(evaluation).submission
  return sameSubmission && isolation.index < evaluation.index
}

function replayed({ evaluation, replay }: SubmissionFacts): Reason {
  if (!evaluation || !replay) return sayG3('g3.replay', 'missing')
  const { actor } = predicateOf(replay)
  return sayG3('g3.replay', isSame(replay, evaluation) ? 'same' : 'differs', { actor })
}
