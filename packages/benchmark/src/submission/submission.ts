import type { SubmissionView } from '@dengta/sdk'
import type { ModelForm } from '../model/predict-model.ts'

/** What stands in records and answers about a finished or refused run. */
export type Refusal = NonNullable<SubmissionView['refusal']>
export type Evaluation = NonNullable<SubmissionView['evaluation']>
export type Isolation = NonNullable<SubmissionView['isolation']>
export type Replay = NonNullable<SubmissionView['replay']>

/** A model or a table of predictions that a developer handed in. It is scored on the data set that was current then. */
export interface Submission {
  readonly id: string
  readonly benchmark: string
  readonly dataset: string
  readonly scenario: string | undefined
  readonly name: string
  readonly form: ModelForm
  readonly participant: string
  /** Digest of the file, a blob. */
  readonly model: string
  readonly bytes: number
  readonly state: SubmissionView['state']
  /** True where it uses up one of the queries of its participant: all that came to a run, as even a failed run tells something. */
  readonly counted: boolean
  readonly submittedAt: Date
  readonly record: string
  readonly refusal: Refusal | undefined
  readonly isolation: Isolation | undefined
  readonly evaluation: Evaluation | undefined
  readonly replay: Replay | undefined
}

export type SubmissionChange = Partial<
  Pick<Submission, 'state' | 'counted' | 'refusal' | 'isolation' | 'evaluation' | 'replay'>
>

export function isFinished({ state }: Submission): boolean {
  return state === 'scored' || state === 'refused'
}

/**
 * Whether a form may run after this self-test. A machine that cannot isolate (level `process`, said on record, for gates to judge)
 * still serves forms that only our own interpreters read; foreign graphs wait for a machine that holds.
 */
export function mayRun(form: ModelForm, { level, held }: Pick<Isolation, 'level' | 'held'>): boolean {
  return held || (level === 'process' && form !== 'onnx')
}

export function submissionViewOf(submission: Submission): SubmissionView {
  const { id, benchmark, name, form, participant, model, bytes, state, record } = submission
  const { refusal, isolation, evaluation, replay } = submission
  return {
    ...{ id, benchmark, name, form, participant, model, bytes, state, record },
    submittedAt: submission.submittedAt.toISOString(),
    ...(refusal && { refusal }),
    ...(isolation && { isolation }),
    ...(evaluation && { evaluation }),
    ...(replay && { replay }),
  }
}
