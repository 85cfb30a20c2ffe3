import { HOUSE } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { CanaryReport } from '@dengta/sandbox'
import type { Evaluation, Submission } from './submission.ts'

/** Where a submission was turned away: by the static check, in the sandbox, or when its predictions were read. */
export type RefusalStage = 'check' | 'run' | 'score'

type Named = Pick<Submission, 'id' | 'benchmark' | 'scenario' | 'model'>

const scenarioOf = ({ scenario }: Named) => (scenario === undefined ? {} : { scenario })
const modelSubject = ({ model }: Named) => ({ name: `model/${model.slice(0, 12)}`, digest: { sha256: model } })

export function submissionRecord(
  submission: Omit<Submission, 'record'>,
  basis: readonly string[],
): NewRecord<'submission'> {
  const { id, participant, benchmark, name, form, model, bytes } = submission
  return {
    kind: 'submission',
    actor: participant,
    subjects: [modelSubject(submission)],
    predicate: { basis: [...basis], ...scenarioOf(submission), submission: id, benchmark, name, form, model, bytes },
  }
}

export interface RefusalFacts {
  readonly stage: RefusalStage
  readonly code: string
  /** How the run ended, or `refused` where there was none. */
  readonly outcome: string
  readonly basis: readonly string[]
}

export function refusalRecord(submission: Named, facts: RefusalFacts): NewRecord<'refusal'> {
  const { id, benchmark, model } = submission
  const { stage, code, outcome, basis } = facts
  return {
    kind: 'refusal',
    actor: HOUSE,
    subjects: [modelSubject(submission)],
    predicate: { basis: [...basis], ...scenarioOf(submission), submission: id, benchmark, model, stage, code, outcome },
  }
}

export function isolationRecord(submission: Submission, report: CanaryReport): NewRecord<'isolation'> {
  const { level, held, probes } = report
  return {
    kind: 'isolation',
    actor: HOUSE,
    subjects: [modelSubject(submission)],
    predicate: {
      basis: [submission.record],
      ...scenarioOf(submission),
      submission: submission.id,
      level: level.name,
      held,
      parts: [...level.parts],
      missing: [...level.missing],
      probes: probes.map((probe) => ({ ...probe })),
    },
  }
}

export interface EvaluationFacts extends Pick<Evaluation, 'result' | 'resultDigest' | 'cost'> {
  readonly isolation: string
  readonly basis: readonly string[]
}

export function evaluationRecord(submission: Submission, facts: EvaluationFacts): NewRecord<'evaluation'> {
  const { basis, ...evaluated } = facts
  return {
    kind: 'evaluation',
    actor: HOUSE,
    subjects: [modelSubject(submission), { name: 'result', digest: { sha256: facts.resultDigest } }],
    predicate: { basis: [...basis], ...scenarioOf(submission), submission: submission.id, ...evaluated },
  }
}

export interface ReplayFacts {
  readonly actor: string
  readonly evaluation: string
  readonly expected: string
  readonly got: string
}

export function replayRecord(submission: Submission, facts: ReplayFacts): NewRecord<'replay'> {
  const { actor, evaluation, expected, got } = facts
  return {
    kind: 'replay',
    actor,
    subjects: [modelSubject(submission), { name: 'result', digest: { sha256: got } }],
    predicate: {
      basis: [evaluation],
      ...scenarioOf(submission),
      submission: submission.id,
      ...{ evaluation, expected, got, same: expected === got },
    },
  }
}
