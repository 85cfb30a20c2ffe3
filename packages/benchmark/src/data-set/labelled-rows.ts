import { type BenchmarkDefinition, type ColumnStandard, modelInputs, targetOf } from '../benchmark/benchmark.ts'
import { referenceColumn } from './reference.ts'
import { rowsWhere } from './split.ts'
import type { LabelledRows, Matrix, ScoringSet, Table, TrainingSet } from './table.ts'

/** A checked table with its division: 1 for each hidden row. */
export interface SplitTable {
  readonly definition: BenchmarkDefinition
  readonly table: Table
  readonly hidden: Uint8Array
}

export function scoringSet(split: SplitTable): ScoringSet {
  return labelledRows(split, rowsWhere(split.hidden, 1))
}

export function trainingSet(split: SplitTable): TrainingSet {
  const first = split.definition.reference?.delayRows ?? 0
  return labelledRows(
    split,
    rowsWhere(split.hidden, 0).filter((row) => row >= first),
  )
}

/** Delayed feedback is computed over all rows before they are divided: a hidden window reaches back into the open part. */
function labelledRows({ definition, table }: SplitTable, rows: Int32Array): LabelledRows {
  const target = targetOf(definition)
  const category = table.categories.get(target.name)
  return {
    inputs: inputsOf(definition, table, rows),
    target: Float64Array.from(rows, (row) => category?.codes[row] ?? table.numbers.get(target.name)![row]!),
    classes: category?.labels ?? [],
    periods: partLabels(table, columnOf(definition, 'period'), rows),
    groups: partLabels(table, columnOf(definition, 'group'), rows),
  }
}

function inputsOf(definition: BenchmarkDefinition, table: Table, rows: Int32Array): Matrix {
  const names = modelInputs(definition)
  const values = new Float64Array(rows.length * names.length)
  for (const [at, name] of names.entries()) {
    const column = inputColumn(definition, table, name)
    for (let i = 0; i < rows.length; i += 1) values[i * names.length + at] = column[rows[i]!]!
  }
  return { rows: rows.length, names, values }
}

function inputColumn({ reference }: BenchmarkDefinition, table: Table, name: string): Float64Array {
  const own = table.numbers.get(name)
  return own ?? referenceColumn(table.numbers.get(name.replace(/^ref\./, ''))!, reference!)
}

function columnOf({ columns }: BenchmarkDefinition, use: ColumnStandard['use']): ColumnStandard | undefined {
  return columns.find((column) => column.use === use)
}

function partLabels(table: Table, column: ColumnStandard | undefined, rows: Int32Array): readonly string[] | undefined {
  if (!column) return undefined
  const category = table.categories.get(column.name)
  return Array.from(
    rows,
    (row) => category?.labels[category.codes[row]!] ?? String(table.numbers.get(column.name)![row]),
  )
}
