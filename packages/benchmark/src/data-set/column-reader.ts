import type { ColumnStandard } from '../benchmark/benchmark.ts'
import { dataSetErrors as errors } from './data-set-errors.ts'
import type { FaultLog } from './fault.ts'
import { growingFloats, growingInts } from './growing-array.ts'
import { parseNumber } from './parse-number.ts'
import type { CategoryColumn } from './table.ts'

const SPACE = 0x20
const TAB = 0x09
const NUL = 0x00
const MAX_LABELS = 100_000
const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL'])
const decoder = new TextDecoder('utf-8', { fatal: true })

/** A cell of the file: bytes from `start` to `end`, on a line. */
export interface Cell {
  readonly bytes: Uint8Array
  start: number
  end: number
  line: number
}

/** Takes the cells of one column in file order, and reports what does not fit the standard. */
export interface ColumnReader<Column> {
  take(cell: Cell): void
  finish(): Column
}

/** NaN where the cell is empty or no number; blanks around a number do not count. */
export function numberReader(standard: ColumnStandard, faults: FaultLog): ColumnReader<Float64Array> {
  const column = standard.name
  const values = growingFloats()
  const [low, high] = standard.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return {
    take(cell) {
      trim(cell)
      const value = parseNumber(cell.bytes, cell.start, cell.end)
      values.push(value)
      if (Number.isNaN(value)) reportUnread(cell, standard, faults)
      else if (value < low || value > high) faults.add('out_of_range', { column, row: cell.line })
    },
    finish: () => values.finish(),
  }
}

/** Code -1 where the cell is empty or no label. Codes follow `values` of the standard, else the order of appearance. */
export function categoryReader(standard: ColumnStandard, faults: FaultLog): ColumnReader<CategoryColumn> {
  const column = standard.name
  const codes = growingInts()
  const labels = [...(standard.values ?? [])]
  const codeOf = new Map(labels.map((label, code) => [label, code]))
  const newLabel = (label: string, row: number): number => {
    if (standard.values) {
      faults.add('unknown_category', { column, row })
      return -1
    }
    if (labels.length >= MAX_LABELS) throw errors.too_many_categories({ column, labels: MAX_LABELS })
    codeOf.set(label, labels.length)
    return labels.push(label) - 1
  }
  return {
    take(cell) {
      trim(cell)
      const label = readText(cell)
      if (label) codes.push(codeOf.get(label) ?? newLabel(label, cell.line))
      else {
        codes.push(-1)
        reportUnread(cell, standard, faults)
      }
    },
    finish: () => ({ codes: codes.finish(), labels }),
  }
}

function trim(cell: Cell): void {
  const { bytes } = cell
  while (cell.start < cell.end && isBlank(bytes[cell.start])) cell.start += 1
  while (cell.start < cell.end && isBlank(bytes[cell.end - 1])) cell.end -= 1
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB
}

/** Undefined where the bytes are not UTF-8 or hold a NUL. */
function readText({ bytes, start, end }: Cell): string | undefined {
  const cell = bytes.subarray(start, end)
  if (cell.includes(NUL)) return undefined
  try {
    return decoder.decode(cell)
  } catch {
    return undefined
  }
}

function reportUnread(cell: Cell, standard: ColumnStandard, faults: FaultLog): void {
  const place = { column: standard.name, row: cell.line }
  const label = readText(cell)
  if (label === undefined)
    faults.add(cell.bytes.subarray(cell.start, cell.end).includes(NUL) ? 'nul_byte' : 'invalid_utf8', place)
  else if (!MISSING.has(label)) faults.add('not_a_number', place)
  else if (standard.use !== 'ignored') faults.add('missing', place)
}
