import { AppError, type Caller, type Clock, type Ids, sha256Hex } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { SubmissionView, SubmitQuery } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Benchmark } from '../benchmark/benchmark.ts'
import { type DataSet, isWithheld } from '../data-set/data-set.ts'
import { dataSetErrors } from '../data-set/data-set-errors.ts'
import type { DataSetStore } from '../data-set/data-set-store.ts'
import { checkModel } from '../model/check-model.ts'
import { modelTaskOf } from './model-task-of.ts'
import { readLimited } from './read-limited.ts'
import { type Submission, submissionViewOf } from './submission.ts'
import { submissionErrors as errors } from './submission-errors.ts'
import { refusalRecord, submissionRecord } from './submission-records.ts'
import type { SubmissionStore } from './submission-store.ts'
import type { SubmissionTables } from './submission-tables.ts'

export const EVALUATE = 'evaluate'

export interface SubmissionService {
  /**
   * Takes a file, checks it without running it, and queues it for scoring. Throws `submission.*`, and `model.*` for a file
   * that the check refuses; such a refusal is recorded.
   */
  submit(caller: Caller, handed: HandIn): Promise<SubmissionView>
  /** Throws `submission.missing`. */
  view(id: string): Promise<SubmissionView>
  /** Throws `benchmark.missing`. */
  list(benchmark: string): Promise<readonly SubmissionView[]>
}

interface HandIn extends SubmitQuery {
  readonly benchmark: string
  readonly body: AsyncIterable<Uint8Array>
}

export interface SubmissionServiceParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  /** Throws `benchmark.missing`. */
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
  readonly dataSets: DataSetStore
  readonly submissions: SubmissionStore
}

export function submissionService(parts: SubmissionServiceParts): SubmissionService {
  return {
    submit: (caller, handed) => submit(parts, caller, handed),
    view: async (id) => {
      const submission = await parts.submissions.find(id)
      if (!submission) throw errors.missing({ id })
      return submissionViewOf(submission)
    },
    list: async (benchmark) => {
      await parts.benchmarkOf(benchmark)
      return (await parts.submissions.ofBenchmark(benchmark)).map(submissionViewOf)
    },
  }
}

async function submit(parts: SubmissionServiceParts, caller: Caller, handed: HandIn): Promise<SubmissionView> {
  const benchmark = await parts.benchmarkOf(handed.benchmark)
  const { forms, limits } = benchmark.definition
  if (!forms.includes(handed.form)) throw errors.form_not_allowed({ form: handed.form, allowed: forms.join(', ') })
  const dataSet = await parts.dataSets.current(benchmark.id)
  if (!dataSet) throw errors.no_data({ benchmark: benchmark.id })
  if (isWithheld(dataSet, benchmark.definition))
    throw dataSetErrors.withheld({ benchmark: benchmark.id, vectors: dataSet.leak.exactVectors })
  await parts.store.transaction<SubmissionTables, void>((tx) =>
    checkBudget(parts, tx, { benchmark, dataset: dataSet.id, participant: caller.participant }),
  )
  const bytes = await readLimited(handed.body, limits.modelBytes)
  const place = { benchmark, dataSet }
  const draft = draftOf(parts, { caller, handed, bytes, ...place })
  const refused = checked(draft, bytes, place)
  if (refused) {
    await recordRefusal(parts, { draft, refused, benchmark })
    throw refused
  }
  return submissionViewOf(await queue(parts, { draft, bytes, ...place }))
}

interface Place {
  readonly benchmark: Benchmark
  readonly dataSet: DataSet
}

interface Budget {
  readonly benchmark: Benchmark
  readonly dataset: string
  readonly participant: string
}

type Tx = Parameters<SubmissionStore['spent']>[0]

async function checkBudget({ submissions }: SubmissionServiceParts, tx: Tx, { benchmark, ...key }: Budget) {
  const budget = benchmark.definition.queryBudget
  if ((await submissions.spent(tx, key)) >= budget) throw errors.budget_spent({ budget })
}

type Draft = Omit<Submission, 'record'>

interface Drafting extends Place {
  readonly caller: Caller
  readonly handed: HandIn
  readonly bytes: Uint8Array
}

function draftOf(
  { ids, clock }: SubmissionServiceParts,
  { caller, handed, bytes, benchmark, dataSet }: Drafting,
): Draft {
  return {
    id: ids.next('sub'),
    benchmark: benchmark.id,
    dataset: dataSet.id,
    scenario: benchmark.scenario,
    name: handed.name,
    form: handed.form,
    participant: caller.participant,
    model: sha256Hex(bytes),
    bytes: bytes.length,
    state: 'waiting',
    counted: true,
    submittedAt: clock.now(),
    ...{ refusal: undefined, isolation: undefined, evaluation: undefined, replay: undefined },
  }
}

/** The reason to refuse the file, if there is one. */
function checked({ form }: Draft, bytes: Uint8Array, { benchmark, dataSet }: Place): AppError | undefined {
  const { definition } = benchmark
  const limits = { rows: dataSet.hiddenRows, weightBytes: definition.limits.modelBytes }
  try {
    checkModel({ form, bytes, asked: modelTaskOf(definition) }, limits)
    return undefined
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
    throw thrown
  }
}

interface Refusing {
  readonly draft: Draft
  readonly refused: AppError
  readonly benchmark: Benchmark
}

async function recordRefusal(parts: SubmissionServiceParts, { draft, refused, benchmark }: Refusing): Promise<void> {
  const { code, text } = refused
  const facts = { stage: 'check', code, outcome: 'refused', basis: [benchmark.record] } as const
  await parts.store.transaction<SubmissionTables, void>(async (tx) => {
    const { id: record } = await parts.ledger.append(tx, refusalRecord(draft, facts))
    const refusal = { code, text, record }
    await parts.submissions.create(tx, { ...draft, state: 'refused', counted: false, record, refusal })
  })
}

interface Queueing extends Place {
  readonly draft: Draft
  readonly bytes: Uint8Array
}

async function queue(
  parts: SubmissionServiceParts,
  { draft, bytes, benchmark, dataSet }: Queueing,
): Promise<Submission> {
  const { store, ledger, submissions } = parts
  await store.blobs.put(bytes)
  return store.transaction<SubmissionTables, Submission>(async (tx) => {
    await checkBudget(parts, tx, { benchmark, dataset: dataSet.id, participant: draft.participant })
    const { id: record } = await ledger.append(tx, submissionRecord(draft, [benchmark.record, dataSet.records.seal]))
    const submission = { ...draft, record }
    await submissions.create(tx, submission)
    await store.jobs.enqueue(tx, EVALUATE, { submission: draft.id })
    return submission
  })
}
