import type { ColumnStandard } from '../benchmark/benchmark.ts'
import { type Cell, type ColumnReader, categoryReader, numberReader } from './column-reader.ts'
import { type CsvRecord, CsvScanner } from './csv-scanner.ts'
import { dataSetErrors as errors } from './data-set-errors.ts'
import { FaultLog } from './fault.ts'
import { growingInts } from './growing-array.ts'
import { readHeader } from './read-header.ts'
import type { CategoryColumn, Table } from './table.ts'

const MAX_RECORD_BYTES = 1 << 20
/** Half a gigabyte of doubles. */
const MAX_CELLS = 64_000_000

export interface ReadLimits {
  readonly maxBytes: number
  readonly maxRows: number
}

export const DEFAULT_READ_LIMITS: ReadLimits = { maxBytes: 2 * 2 ** 30, maxRows: 2_000_000 }

export interface ReadTable {
  readonly table: Table
  /** The line of the file on which each row begins. */
  readonly lines: Int32Array
  readonly faults: FaultLog
}

/**
 * Reads a CSV file against the data standard, as it arrives; only the columns are kept. What is wrong with the content becomes
 * faults; what is too big throws `data_set.*` at once. Stops without closing `source`, so that an HTTP answer still gets through.
 */
export async function readCsv(
  source: AsyncIterable<Uint8Array>,
  columns: readonly ColumnStandard[],
  limits: ReadLimits = DEFAULT_READ_LIMITS,
): Promise<ReadTable> {
  const rows = new RowReader(columns, Math.min(limits.maxRows, Math.floor(MAX_CELLS / columns.length)))
  const scanner = new CsvScanner({
    maxCells: columns.length + 1,
    maxRecordBytes: MAX_RECORD_BYTES,
    onRecord: (record) => rows.take(record),
  })
  const chunks = source[Symbol.asyncIterator]()
  let bytes = 0
  for (let next = await chunks.next(); !next.done && !rows.headerFailed; next = await chunks.next()) {
    bytes += next.value.length
    if (bytes > limits.maxBytes) throw errors.too_large({ bytes: limits.maxBytes })
    scanner.push(next.value)
  }
  if (!rows.headerFailed) scanner.end()
  return rows.finish()
}

/** Turns records into columns. */
class RowReader {
  readonly faults = new FaultLog()
  readonly #columns: readonly ColumnStandard[]
  readonly #maxRows: number
  readonly #numbers = new Map<string, ColumnReader<Float64Array>>()
  readonly #categories = new Map<string, ColumnReader<CategoryColumn>>()
  readonly #lines = growingInts()
  #readers: readonly ColumnReader<unknown>[] | undefined
  #rows = 0
  headerFailed = false

  constructor(columns: readonly ColumnStandard[], maxRows: number) {
    this.#columns = columns
    this.#maxRows = maxRows
    for (const column of columns) {
      if (column.kind === 'number') this.#numbers.set(column.name, numberReader(column, this.faults))
      else this.#categories.set(column.name, categoryReader(column, this.faults))
    }
  }

  take(record: CsvRecord): void {
    if (this.headerFailed) return
    if (!this.#readers) this.#takeHeader(record)
    else if (record.misquoted) this.faults.add('bad_quote', { row: record.line })
    else if (record.cells !== this.#readers.length) this.faults.add('wrong_cell_count', { row: record.line })
    else this.#takeRow(record, this.#readers)
  }

  finish(): ReadTable {
    if (!this.#readers && !this.headerFailed) this.faults.add('no_header', { row: 1 })
    else if (this.#rows === 0 && this.faults.counts().length === 0) this.faults.add('no_rows', { row: 1 })
    const numbers = new Map(Array.from(this.#numbers, ([name, reader]) => [name, reader.finish()]))
    const categories = new Map(Array.from(this.#categories, ([name, reader]) => [name, reader.finish()]))
    return { table: { rows: this.#rows, numbers, categories }, lines: this.#lines.finish(), faults: this.faults }
  }

  #takeHeader(record: CsvRecord): void {
    const order = readHeader(record, this.#columns, this.faults)
    this.headerFailed = order === undefined
    this.#readers = order?.map((index) => {
      const { name } = this.#columns[index]!
      return (this.#numbers.get(name) ?? this.#categories.get(name))!
    })
  }

  #takeRow(record: CsvRecord, readers: readonly ColumnReader<unknown>[]): void {
    if (this.#rows >= this.#maxRows) throw errors.too_many_rows({ rows: this.#maxRows })
    const cell: Cell = { bytes: record.bytes, start: 0, end: 0, line: record.line }
    for (let i = 0; i < readers.length; i += 1) {
      cell.start = record.starts[i]!
      cell.end = record.ends[i]!
      readers[i]!.take(cell)
    }
    this.#lines.push(record.line)
    this.#rows += 1
  }
}
