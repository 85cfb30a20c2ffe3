import type { Caller } from '@dengta/kernel'
import type { SubmissionView } from '@dengta/sdk'
import { resultDigest } from '../scoring/score.ts'
import { mayRun, type Replay, submissionViewOf } from '../submission/submission.ts'
import { submissionErrors as errors } from '../submission/submission-errors.ts'
import { isolationRecord, replayRecord } from '../submission/submission-records.ts'
import type { SubmissionTables } from '../submission/submission-tables.ts'
import { engineName } from './engine.ts'
import type { EvaluationParts } from './evaluate.ts'
import { runSubmission, sandboxLimits } from './run-submission.ts'

/** Throws `submission.missing`, `submission.not_scored`, `submission.other_engine`, `submission.isolation`, `submission.not_replayed`. */
export type Replayer = (caller: Caller, submission: string) => Promise<SubmissionView>

/**
 * Runs a scored submission again from its digests; whether the result is the same is recorded, signed by who asked. One replay at
 * a time in the whole house: each asks for as much of the machine as an evaluation.
 */
export function replayer(parts: EvaluationParts): Replayer {
  let last: Promise<unknown> = Promise.resolve()
  return (caller, id) => {
    const replay = last.then(() => replayOnce(parts, caller, id))
    last = replay.catch(() => undefined)
    return replay
  }
}

async function replayOnce(parts: EvaluationParts, caller: Caller, id: string): Promise<SubmissionView> {
  const submission = await parts.submissions.find(id)
  if (!submission) throw errors.missing({ id })
  if (!submission.evaluation) throw errors.not_scored({ id })
  const { record: evaluation, resultDigest: expected, result } = submission.evaluation
  const engine = engineName(submission.form)
  if (result.engine !== engine) throw errors.other_engine({ id, scored: result.engine, present: engine })
  const hidden = await parts.hiddenSets.get(submission.dataset)
  const isolation = await parts.sandbox.canary(sandboxLimits(hidden))
  const { held, level } = isolation
  if (!mayRun(submission.form, { held, level: level.name })) throw errors.isolation()
  const again = await runSubmission({ sandbox: parts.sandbox, blobs: parts.store.blobs }, submission, hidden)
  if ('refused' in again) throw errors.not_replayed({ id, outcome: again.run.outcome })
  const got = resultDigest(again.result)
  if (got === expected) await parts.predictions.write(id, again.predictions)
  const facts = { actor: caller.participant, evaluation, expected, got }
  const replay = await parts.store.transaction<SubmissionTables, Replay>(async (tx) => {
    await parts.ledger.append(tx, isolationRecord(submission, isolation))
    const { id: record } = await parts.ledger.append(tx, replayRecord(submission, facts))
    const told = { record, same: got === expected }
    await parts.submissions.change(tx, id, { replay: told })
    return told
  })
  return submissionViewOf({ ...submission, replay })
}
