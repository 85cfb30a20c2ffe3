import type { ColumnStandard } from '../benchmark/benchmark.ts'
import type { CsvRecord } from './csv-scanner.ts'
import type { FaultLog } from './fault.ts'

const PRINTABLE_NAME = /^[A-Za-z_][A-Za-z0-9_ ]{0,63}$/

/**
 * For each cell of the header the index of its column in the standard; undefined, with faults, where the header does not fit.
 * A first line without any known name is taken for data, and nothing of it is repeated.
 */
export function readHeader(
  record: CsvRecord,
  columns: readonly ColumnStandard[],
  faults: FaultLog,
): readonly number[] | undefined {
  const row = record.line
  const names = headerNames(record)
  const order = names.map((name) => columns.findIndex((column) => column.name === name))
  if (order.every((index) => index < 0)) {
    faults.add('no_header', { row })
    return undefined
  }
  const before = faults.counts().length
  for (const [cell, index] of order.entries()) {
    if (index < 0) faults.add('extra_column', { row, column: shownName(names[cell]!, cell) })
    else if (order.indexOf(index) < cell) faults.add('duplicate_column', { row, column: columns[index]!.name })
  }
  if (record.cells > names.length) faults.add('extra_column', { row, column: `#${names.length + 1}` })
  for (const [index, { name }] of columns.entries())
    if (!order.includes(index)) faults.add('missing_column', { row, column: name })
  return faults.counts().length === before ? order : undefined
}

function headerNames({ bytes, starts, ends, cells }: CsvRecord): readonly string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return Array.from({ length: Math.min(cells, starts.length) }, (_, i) =>
    decoder.decode(bytes.subarray(starts[i], ends[i])).trim(),
  )
}

/** An unknown name is repeated only where it looks like a name; else its place, counted from 1. */
function shownName(name: string, cell: number): string {
  return PRINTABLE_NAME.test(name) ? name : `#${cell + 1}`
}
