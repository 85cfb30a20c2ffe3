import { closeSync, openSync, writeSync } from 'node:fs'
import type { DayProgram } from './day-program.ts'

const CHUNK = 1 << 20

/**
 * Writes the program as free MPS: integer columns `c0`, `c1`, ... in order, at most 1 through the rows of their jobs. Single
 * spaces and no bounds, since CBC 2.10 otherwise takes it for fixed MPS.
 */
export function writeMps(program: DayProgram, file: string): void {
  const handle = openSync(file, 'w')
  let pending = ''
  for (const line of lines(program)) {
    pending += `${line}\n`
    if (pending.length < CHUNK) continue
    writeSync(handle, pending)
    pending = ''
  }
  writeSync(handle, pending)
  closeSync(handle)
}

function* lines(program: DayProgram): Generator<string> {
  const { jobs, limits, columns } = program
  const rows = jobs + limits.length
  yield 'NAME day'
  yield 'ROWS'
  yield ' N cost'
  for (let row = 0; row < rows; row += 1) yield ` ${row < jobs ? 'E' : 'L'} r${row}`
  yield 'COLUMNS'
  yield "    MARKER                 'MARKER'                 'INTORG'"
  for (let c = 0; c < columns.length; c += 1) yield* columnLines(program, c)
  yield "    MARKER                 'MARKER'                 'INTEND'"
  yield 'RHS'
  for (let row = 0; row < rows; row += 1) yield ` rhs r${row} ${row < jobs ? 1 : limits[row - jobs]}`
  yield 'ENDATA'
}

function* columnLines({ columns, starts, rows, values }: DayProgram, c: number): Generator<string> {
  yield ` c${c} cost ${columns[c]!.yuan}`
  for (let at = starts[c]!; at < starts[c + 1]!; at += 1) yield ` c${c} r${rows[at]} ${values[at]}`
}
