import type { Caller } from '@dengta/kernel'
import type { SubmissionView } from '@dengta/sdk'
import { resultDigest } from '../scoring/score.ts'
import { submissionViewOf } from '../submission/submission.ts'
import { submissionErrors as errors } from '../submission/submission-errors.ts'
import { replayRecord } from '../submission/submission-records.ts'
import type { SubmissionTables } from '../submission/submission-tables.ts'
import type { EvaluationParts } from './evaluate.ts'
import { runSubmission } from './run-submission.ts'

/** Throws `submission.missing`, `submission.not_scored`, `submission.not_replayed`. */
export type Replayer = (caller: Caller, submission: string) => Promise<SubmissionView>

/** Runs a scored submission again from its digests; whether the result is the same is recorded, signed by who asked. */
export function replayer(parts: EvaluationParts): Replayer {
  return async (caller, id) => {
    const submission = await parts.submissions.find(id)
    if (!submission) throw errors.missing({ id })
    if (!submission.evaluation) throw errors.not_scored({ id })
    const { record: evaluation, resultDigest: expected } = submission.evaluation
    const hidden = await parts.hiddenSets.get(submission.dataset)
    const again = await runSubmission({ sandbox: parts.sandbox, blobs: parts.store.blobs }, submission, hidden)
    if ('refused' in again) throw errors.not_replayed({ id, outcome: again.run.outcome })
    const got = resultDigest(again.result)
    if (got === expected) await parts.predictions.write(id, again.predictions)
    const facts = { actor: caller.participant, evaluation, expected, got }
    const replay = await parts.store.transaction<SubmissionTables, { record: string; same: boolean }>(async (tx) => {
      const { id: record } = await parts.ledger.append(tx, replayRecord(submission, facts))
      const told = { record, same: got === expected }
      await parts.submissions.change(tx, id, { replay: told })
      return told
    })
    return submissionViewOf({ ...submission, replay })
  }
}
