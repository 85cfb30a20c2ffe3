import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { isNote } from '../data-set/fault.ts'
import { trainingSet } from '../data-set/labelled-rows.ts'
import { readCsv } from '../data-set/read-csv.ts'
import type { TrainingSet } from '../data-set/table.ts'
import { trainingErrors } from './training-errors.ts'

/** Reads the open part of a data set, as anyone may download it, for training; throws `training.faulty_rows`. */
export async function openTrainingSet(
  definition: BenchmarkDefinition,
  csv: AsyncIterable<Uint8Array>,
): Promise<TrainingSet> {
  const { table, faults } = await readCsv(csv, definition.columns)
  const fault = faults.counts().find(({ code }) => !isNote(code))
  if (fault) throw trainingErrors.faulty_rows({ fault: fault.code, column: fault.column || '-' })
  return trainingSet({ definition, table, hidden: new Uint8Array(table.rows) })
}
