import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { type Commitment, commitRows } from './commitment.ts'
import { dataSetErrors as errors } from './data-set-errors.ts'
import { findLeak, type Leak } from './leak.ts'
import { rowBytes } from './row-text.ts'
import { rowsWhere, splitRows } from './split.ts'
import type { Table } from './table.ts'
import { writeCsv } from './write-csv.ts'

/** All that a seal states of a table, computed and not yet written anywhere. */
export interface PreparedSeal {
  readonly hidden: Uint8Array
  readonly openRows: number
  readonly hiddenRows: number
  readonly commitment: Commitment
  readonly leak: Leak
  readonly openCsv: Iterable<Uint8Array>
}

/** Divides a checked table, commits to it and looks for leaks. Throws `data_set.one_sided_split`. Pure. */
export function prepareSeal(definition: BenchmarkDefinition, table: Table, secret: Uint8Array): PreparedSeal {
  const hidden = splitRows(definition.split, table)
  const open = rowsWhere(hidden, 0)
  const hiddenRows = table.rows - open.length
  checkBothSides(definition, open.length, hiddenRows)
  const columns = definition.columns.map(({ name }) => name)
  const features = definition.columns.filter(({ use }) => use === 'feature').map(({ name }) => table.numbers.get(name)!)
  return {
    hidden,
    openRows: open.length,
    hiddenRows,
    commitment: commitRows(secret, { rows: table.rows, bytesOf: rowBytes(table, columns) }, hidden),
    leak: findLeak(features, hidden, definition.leak),
    openCsv: writeCsv({ table, columns, rows: open }),
  }
}

/** Each side must make a part that may be scored, and the open one must reach beyond the delay of the feedback. */
function checkBothSides({ minimumPartRows, reference }: BenchmarkDefinition, open: number, hidden: number): void {
  const least = Math.max(minimumPartRows, (reference?.delayRows ?? 0) + 1)
  if (open < least || hidden < least) throw errors.one_sided_split({ open, hidden, least })
}
