import type { QualityReport } from '@dengta/sdk'
import type { Transaction } from 'kysely'
import type { OpenTables } from '../benchmark/tables-open.ts'
import type { DataSet } from './data-set.ts'

/** What the quality check said of a file, sealed or not. */
export interface DataCheck {
  readonly dataset: string
  readonly benchmark: string
  readonly report: QualityReport
  readonly record: string
  readonly checkedAt: Date
}

export interface DataSetStore {
  addCheck(tx: Transaction<OpenTables>, check: DataCheck): Promise<void>
  /** The newest file handed in for a benchmark. */
  newestCheck(benchmark: string): Promise<DataCheck | undefined>
  add(tx: Transaction<OpenTables>, dataSet: DataSet): Promise<void>
  find(id: string): Promise<DataSet | undefined>
  /** The data set sealed last: the one that counts. */
  current(benchmark: string): Promise<DataSet | undefined>
  /** Of all data sets, replaced ones too. */
  ids(): Promise<readonly string[]>
}
