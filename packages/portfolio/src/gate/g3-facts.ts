import type { LoggedRecord } from '@dengta/evidence'
import { sealOf } from './decide-g2.ts'
import { newest, ofKind, predicateOf, type Records } from './records.ts'

/** What stands on record about one submission. */
export interface SubmissionFacts {
  readonly scenario: LoggedRecord<'scenario'> | undefined
  readonly submission: LoggedRecord<'submission'> | undefined
  readonly seal: LoggedRecord<'seal'> | undefined
  /** The newest. */
  readonly evaluation: LoggedRecord<'evaluation'> | undefined
  readonly isolation: LoggedRecord<'isolation'> | undefined
  /** A replay that differed, else the newest; of the evaluation above, by anyone but the submitter. */
  readonly replay: LoggedRecord<'replay'> | undefined
  /** Only where there is no evaluation. */
  readonly refusal: LoggedRecord<'refusal'> | undefined
}

export function submissionFacts(own: Records, id: string): SubmissionFacts {
  const submission = newest(own, 'submission', (one) => one.submission === id)
  const evaluation = newest(own, 'evaluation', (one) => one.submission === id)
  const isolation = evaluation && predicateOf(evaluation).isolation
  return {
    scenario: newest(own, 'scenario'),
    submission,
    seal: submission && sealOf(own, predicateOf(submission).benchmark),
    evaluation,
    isolation: ofKind(own, 'isolation').find((record) => record.id === isolation),
    replay: submission && evaluation && replayOf(own, evaluation, predicateOf(submission).actor),
    refusal: evaluation ? undefined : newest(own, 'refusal', (one) => one.submission === id),
  }
}

function replayOf(
  own: Records,
  evaluation: LoggedRecord<'evaluation'>,
  submitter: string,
): LoggedRecord<'replay'> | undefined {
  const replays = ofKind(own, 'replay', (one) => one.evaluation === evaluation.id && one.actor !== submitter)
  return replays.find((record) => !isSame(record, evaluation)) ?? replays.at(-1)
}

export function isSame(replay: LoggedRecord<'replay'>, evaluation: LoggedRecord<'evaluation'>): boolean {
  const { same, expected, got } = predicateOf(replay)
  return same && got === expected && expected === predicateOf(evaluation).resultDigest
}
