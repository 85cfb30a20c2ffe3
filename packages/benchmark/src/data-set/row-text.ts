import { canonicalJson, utf8 } from '@dengta/kernel'
import type { Table } from './table.ts'

/** The JSON text of a cell: a number, a quoted label, or `null` where it is missing. */
type CellText = (row: number) => string

/**
 * Canonical JSON (RFC 8785) of the cells of a row, in the order of `columns`: `[2011,4.5878,"a"]`. One text per row, so that
 * equal rows have equal texts. Commitments and group hashes are made over it.
 */
export function rowTexts(table: Table, columns: readonly string[]): (row: number) => string {
  const cells = columns.map((column) => cellText(table, column))
  return (row) => `[${cells.map((cell) => cell(row)).join(',')}]`
}

/** The same as UTF-8. */
export function rowBytes(table: Table, columns: readonly string[]): (row: number) => Uint8Array {
  const text = rowTexts(table, columns)
  return (row) => utf8(text(row))
}

function cellText(table: Table, column: string): CellText {
  const numbers = table.numbers.get(column)
  if (numbers) return (row) => (Number.isFinite(numbers[row]) ? String(numbers[row]) : 'null')
  const { codes, labels } = table.categories.get(column)!
  const texts = labels.map(canonicalJson)
  return (row) => texts[codes[row]!] ?? 'null'
}
