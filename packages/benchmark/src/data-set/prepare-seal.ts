import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { type Commitment, commitRows } from './commitment.ts'
import { findLeak, type Leak } from './leak.ts'
import { rowBytes } from './row-text.ts'
import { rowsWhere, splitRows } from './split.ts'
import type { Table } from './table.ts'

/** What a seal is made of; plain data, so that it may cross to another thread. */
export interface SealInput {
  readonly definition: BenchmarkDefinition
  /** Has passed the quality check. */
  readonly table: Table
  /** The key of the salts, 32 bytes. */
  readonly secret: Uint8Array
}

/** What a seal states of a table. */
export interface PreparedSeal {
  /** 1 for each hidden row. */
  readonly hidden: Uint8Array
  readonly openRows: number
  readonly hiddenRows: number
  readonly commitment: Commitment
  readonly leak: Leak
}

/** Divides a table, commits to it and looks for leaks. Pure. */
export function prepareSeal({ definition, table, secret }: SealInput): PreparedSeal {
  const hidden = splitRows(definition.split, table)
  const openRows = rowsWhere(hidden, 0).length
  const columns = definition.columns.map(({ name }) => name)
  const features = definition.columns.filter(({ use }) => use === 'feature').map(({ name }) => table.numbers.get(name)!)
  return {
    hidden,
    openRows,
    hiddenRows: table.rows - openRows,
    commitment: commitRows(secret, { rows: table.rows, bytesOf: rowBytes(table, columns) }, hidden),
    leak: findLeak(features, hidden, definition.leak),
  }
}

/** Each side must make a part that may be scored, and the open one must reach beyond the delay of the feedback. */
export function leastRows({ minimumPartRows, reference }: BenchmarkDefinition): number {
  return Math.max(minimumPartRows, (reference?.delayRows ?? 0) + 1)
}
