import { fromUtf8 } from '@dengta/kernel'
import { modelErrors } from './model-errors.ts'
import type { ModelTask } from './model-task.ts'

/**
 * Reads predictions: a JSON array, or text with one value per line and an optional header line `prediction`.
 * One per hidden row in file order: numbers, or class names. Throws `model.prediction_*`.
 */
export function parsePredictions(bytes: Uint8Array, asked: ModelTask, rows: number): Float64Array {
  const cells = readCells(bytes)
  if (cells.length !== rows) throw modelErrors.prediction_count({ found: cells.length, expected: rows })
  return Float64Array.from(cells, (cell, index) => {
    const value = asked.task === 'classification' ? classOf(cell, asked) : readNumber(cell)
    if (!Number.isFinite(value) || (asked.task === 'classification' && value < 0))
      throw modelErrors.prediction_value({ number: index + 1 })
    return value
  })
}

/** Below 0 where it names none; a list within lists has no name that could be made without end. */
function classOf(cell: unknown, { classes }: ModelTask): number {
  return typeof cell === 'object' ? -1 : classes.indexOf(String(cell))
}

function readNumber(cell: unknown): number {
  if (typeof cell === 'number') return cell
  return typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : Number.NaN
}

function readCells(bytes: Uint8Array): readonly unknown[] {
  const text = readText(bytes).trim()
  if (text.startsWith('[')) return readArray(text)
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^"(.*)"$/, '$1'))
  return lines[0] === 'prediction' ? lines.slice(1) : lines
}

function readText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch (cause) {
    throw modelErrors.not_json({}, cause)
  }
}

function readArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch (cause) {
    throw modelErrors.not_json({}, cause)
  }
  throw modelErrors.not_json()
}
