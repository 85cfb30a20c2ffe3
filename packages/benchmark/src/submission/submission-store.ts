import type { Transaction } from 'kysely'
import type { Submission, SubmissionChange } from './submission.ts'
import type { SubmissionTables } from './submission-tables.ts'

/** The query budget of one participant on one data set. */
interface BudgetKey {
  readonly dataset: string
  readonly participant: string
}

export interface SubmissionStore {
  /** Throws `submission.duplicate` where a counted submission of the same file by the same participant exists. */
  create(tx: Transaction<SubmissionTables>, submission: Submission): Promise<void>
  /** Changes the parts that are given. */
  change(tx: Transaction<SubmissionTables>, id: string, change: SubmissionChange): Promise<void>
  find(id: string): Promise<Submission | undefined>
  /** In the order of their coming. */
  ofBenchmark(benchmark: string): Promise<readonly Submission[]>
  ofDataSet(dataset: string): Promise<readonly Submission[]>
  /** Counted submissions; keeps other acts on the same budget waiting until the transaction ends. */
  spent(tx: Transaction<SubmissionTables>, key: BudgetKey): Promise<number>
  /** How many of a data set are scored and refused: changes with every change of its board. */
  tally(dataset: string): Promise<{ readonly scored: number; readonly refused: number }>
}
