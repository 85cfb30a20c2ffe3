import type { AppError, Clock, Job } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { CanaryReport } from '@dengta/sandbox'
import type { Store } from '@dengta/store'
import { z } from 'zod'
import { resultDigest } from '../scoring/score.ts'
import { type Isolation, isFinished, mayRun, type Submission } from '../submission/submission.ts'
import { submissionErrors as errors } from '../submission/submission-errors.ts'
import { evaluationRecord, isolationRecord, refusalRecord } from '../submission/submission-records.ts'
import { EVALUATE } from '../submission/submission-service.ts'
import type { SubmissionStore } from '../submission/submission-store.ts'
import type { SubmissionTables } from '../submission/submission-tables.ts'
import { costOf } from './cost.ts'
import type { HiddenSet, HiddenSets } from './hidden-sets.ts'
import type { PredictionFiles } from './prediction-files.ts'
import { type Refused, type RunParts, runSubmission, type ScoredRun, sandboxLimits } from './run-submission.ts'

export interface EvaluationParts extends Omit<RunParts, 'blobs'> {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly submissions: SubmissionStore
  readonly hiddenSets: HiddenSets
  readonly predictions: PredictionFiles
  /** For the estimate of energy. */
  readonly wattsPerCore: number
  /** The operator's log: takes what a model wrote, which no submitter sees. */
  readonly log: (line: string) => void
}

const payload = z.object({ submission: z.string() })
/** One run for each core of the smallest machine that we support. */
const CONCURRENCY = 2

/** The background job that scores what was queued. */
export function evaluateJob(parts: EvaluationParts): Job {
  return {
    queue: EVALUATE,
    concurrency: CONCURRENCY,
    work: async (given) => evaluate(parts, payload.parse(given).submission),
    giveUp: async (given) => giveUp(parts, payload.parse(given).submission),
  }
}

/** The house could not score it and will not try again: that is said and recorded, and does not cost the developer a query. */
async function giveUp(parts: EvaluationParts, id: string): Promise<void> {
  const submission = await parts.submissions.find(id)
  if (!submission || isFinished(submission)) return
  const refused = { stage: 'run', reason: errors.house_failed(), outcome: 'house' } as const
  await refuse(parts, submission, { refused, counted: false })
}

/** Self-test of the sandbox, run, score, records. After a crash it runs again, unless the outcome is on record. */
async function evaluate(parts: EvaluationParts, id: string): Promise<void> {
  const submission = await parts.submissions.find(id)
  if (!submission || isFinished(submission)) return
  const hidden = await parts.hiddenSets.get(submission.dataset)
  const isolation = await testSandbox(parts, submission, hidden)
  const running = { ...submission, isolation }
  if (!mayRun(submission.form, isolation)) {
    const refused = { stage: 'run', reason: errors.isolation(), outcome: 'isolation' } as const
    return refuse(parts, running, { refused, counted: false })
  }
  const scored = await runSubmission({ sandbox: parts.sandbox, blobs: parts.store.blobs }, submission, hidden)
  parts.log(`evaluate ${id}: ${scored.run.outcome} ${scored.run.log.slice(-2000)}`.trimEnd())
  if ('refused' in scored)
    return refuse(parts, running, { refused: scored.refused, counted: scored.run.outcome !== 'refused' })
  await parts.predictions.write(id, scored.predictions)
  await keepScore(parts, running, { hidden, scored })
}

async function testSandbox(parts: EvaluationParts, submission: Submission, hidden: HiddenSet): Promise<Isolation> {
  const report = await parts.sandbox.canary(sandboxLimits(hidden))
  return change(parts, async (tx) => {
    const { id: record } = await parts.ledger.append(tx, isolationRecord(submission, report))
    const isolation = isolationView(record, report)
    await parts.submissions.change(tx, submission.id, { state: 'running', isolation })
    return isolation
  })
}

type Change<T> = (tx: Parameters<SubmissionStore['change']>[0]) => Promise<T>

function change<T>({ store }: EvaluationParts, work: Change<T>): Promise<T> {
  return store.transaction<SubmissionTables, T>(work)
}

function isolationView(record: string, { held, level, probes }: CanaryReport): Isolation {
  const { name, parts, missing } = level
  return { record, level: name, held, parts: [...parts], missing: [...missing], probes: [...probes] }
}

interface Refusing {
  readonly refused: Refused
  /** False where the fault is the house's own. */
  readonly counted: boolean
}

async function refuse(parts: EvaluationParts, submission: Submission, { refused, counted }: Refusing): Promise<void> {
  const { stage, outcome, reason } = refused
  const { code, text }: AppError = reason
  const basis = [submission.record, ...(submission.isolation ? [submission.isolation.record] : [])]
  await change(parts, async (tx) => {
    const { id: record } = await parts.ledger.append(tx, refusalRecord(submission, { stage, code, outcome, basis }))
    await parts.submissions.change(tx, submission.id, { state: 'refused', counted, refusal: { code, text, record } })
  })
}

interface Keeping {
  readonly hidden: HiddenSet
  readonly scored: Exclude<ScoredRun, { readonly refused: Refused }>
}

async function keepScore(
  parts: EvaluationParts,
  submission: Submission & { readonly isolation: Isolation },
  { hidden, scored }: Keeping,
): Promise<void> {
  const { result, run } = scored
  const { record: isolation } = submission.isolation
  const basis = [hidden.benchmark.record, hidden.dataSet.records.seal, submission.record, isolation]
  const digest = resultDigest(result)
  const cost = costOf(run, parts.wattsPerCore)
  await change(parts, async (tx) => {
    const facts = { result, resultDigest: digest, cost, isolation, basis }
    const { id: record } = await parts.ledger.append(tx, evaluationRecord(submission, facts))
    const evaluation = { record, result, resultDigest: digest, cost, at: parts.clock.now().toISOString() }
    await parts.submissions.change(tx, submission.id, { state: 'scored', evaluation })
  })
}
