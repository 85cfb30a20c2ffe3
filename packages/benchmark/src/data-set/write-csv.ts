import type { Table } from './table.ts'

const ROWS_PER_CHUNK = 4096
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

export interface CsvPart {
  readonly table: Table
  /** Columns to write, in order; their names are the header. */
  readonly columns: readonly string[]
  /** Rows to write, in order. */
  readonly rows: Int32Array
}

/** RFC 4180 with LF; numbers as the shortest decimal that reads back to the same double. Missing cells are empty. */
export function* writeCsv({ table, columns, rows }: CsvPart): Generator<Uint8Array> {
  const cells = columns.map((column) => cellText(table, column))
  yield Buffer.from(`${columns.map(quoted).join(',')}\n`)
  for (let from = 0; from < rows.length; from += ROWS_PER_CHUNK) {
    let text = ''
    for (const row of rows.subarray(from, from + ROWS_PER_CHUNK))
      text += `${cells.map((cell) => cell(row)).join(',')}\n`
    yield Buffer.from(text)
  }
}

function cellText(table: Table, column: string): (row: number) => string {
  const numbers = table.numbers.get(column)
  if (numbers) return (row) => (Number.isNaN(numbers[row]) ? '' : String(numbers[row]))
  const { codes, labels } = table.categories.get(column)!
  const texts = labels.map(quoted)
  return (row) => texts[codes[row]!] ?? ''
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
