import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { firstEqualRows } from './equal-rows.ts'
import type { ReadTable } from './read-csv.ts'
import { suspectUnit } from './suspect-unit.ts'
import type { Table } from './table.ts'

/** Adds the faults that only the whole table shows: units, constant columns, repeated rows, order in time. */
export function checkTable({ table, lines, faults }: ReadTable, { columns, split }: BenchmarkDefinition): void {
  if (table.rows === 0) return
  for (const standard of columns) {
    const column = standard.name
    const conversion = suspectUnit(standard, table.numbers.get(column) ?? new Float64Array())
    if (conversion) faults.add('unit_suspect', { column, conversion })
    if (standard.use !== 'ignored' && isConstant(valuesOf(table, column))) faults.add('constant_column', { column })
  }
  if (split.kind === 'time') {
    const times = table.numbers.get(split.column)!
    for (let row = 1; row < table.rows; row += 1)
      if (times[row]! < times[row - 1]!) faults.add('not_in_order', { column: split.column, row: lines[row]! })
  }
  const first = firstEqualRows(
    columns.map(({ name }) => valuesOf(table, name)),
    table.rows,
  )
  for (let row = 0; row < table.rows; row += 1)
    if (first[row] !== row) faults.add('duplicate_row', { row: lines[row]! })
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let row = 1; row < values.length; row += 1) if (values[row] !== values[0]) return false
  return values.length > 1
}

/** The cells of a column as numbers; the codes of a category. */
function valuesOf(table: Table, column: string): Float64Array | Int32Array {
  return table.numbers.get(column) ?? table.categories.get(column)!.codes
}
