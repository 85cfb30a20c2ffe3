import { canonicalJson, sha256, utf8 } from '@dengta/kernel'
import type { SplitRule } from '../benchmark/benchmark.ts'
import { rowTexts } from './row-text.ts'
import type { Table } from './table.ts'

/** 1 for each hidden row, 0 for each open one. The same rule and table always give the same flags. */
export function splitRows(rule: SplitRule, table: Table): Uint8Array {
  const isHidden = hiddenBy(rule, table)
  return Uint8Array.from({ length: table.rows }, (_, row) => Number(isHidden(row)))
}

/** The rows of one side, in file order. */
export function rowsWhere(flags: Uint8Array, flag: 0 | 1): Int32Array {
  const rows = new Int32Array(flags.reduce((sum, f) => sum + Number(f === flag), 0))
  let at = 0
  for (let row = 0; row < flags.length; row += 1) if (flags[row] === flag) rows[at++] = row
  return rows
}

function hiddenBy(rule: SplitRule, table: Table): (row: number) => boolean {
  switch (rule.kind) {
    case 'time': {
      const times = table.numbers.get(rule.column)!
      return (row) => times[row]! > rule.openUntil
    }
    case 'published': {
      const { codes, labels } = table.categories.get(rule.column)!
      const hidden = labels.indexOf(rule.hidden)
      return (row) => codes[row] === hidden
    }
    case 'random':
      return (row) => saltedShare(rule.salt, String(row + 1)) < rule.hiddenShare
    case 'group':
      return byGroup(rule, table)
  }
}

function byGroup(rule: Extract<SplitRule, { kind: 'group' }>, table: Table): (row: number) => boolean {
  const textOf = rowTexts(table, rule.columns)
  return (row) => saltedShare(rule.salt, textOf(row)) < rule.hiddenShare
}

/** A number in [0, 1): the first 48 bits of SHA-256 over the canonical JSON of `[salt, text]`. Rows count from 1. */
function saltedShare(salt: string, text: string): number {
  const hash = sha256(utf8(canonicalJson([salt, text])))
  return hash.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48
}
