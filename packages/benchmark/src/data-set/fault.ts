import { fillText, type Text } from '@dengta/kernel'

/**
 * One thing that is wrong with the data. `row` is the line of the file, 0 for a whole column; `column` names the other benchmark
 * where rows stand elsewhere. Never a value.
 */
export interface Fault {
  readonly code: FaultCode
  readonly column: string
  readonly row: number
  readonly text: Text
}

export type FaultCode = keyof typeof FAULTS

const FAULTS = {
  no_header: {
    en: 'the first line names no column of the data standard; put the column names there',
    zh: '首行没有数据标准中的任何列名；请在首行写明列名',
  },
  missing_column: { en: 'the column {column} is missing; add it', zh: '缺少列 {column}；请补上' },
  extra_column: {
    en: 'the column {column} is not in the data standard; remove it, or list it there as `ignored`',
    zh: '数据标准中没有列 {column}；请删除，或在标准中列为 `ignored`',
  },
  duplicate_column: { en: 'the column {column} stands twice; remove one', zh: '列 {column} 重复出现；请删除其一' },
  no_rows: { en: 'there is no row below the header; add the data', zh: '表头之下没有数据行；请补充数据' },
  wrong_cell_count: {
    en: 'line {row} does not have as many cells as the header',
    zh: '第 {row} 行的单元格数与表头不一致',
  },
  bad_quote: {
    en: 'line {row} has a quotation mark out of place (RFC 4180: quote the whole cell, double the marks inside)',
    zh: '第 {row} 行引号位置不对（RFC 4180：整格加引号，格内引号写两次）',
  },
  nul_byte: {
    en: 'line {row}, {column}: a NUL byte; export the file as text',
    zh: '第 {row} 行 {column}：含空字节；请导出为文本文件',
  },
  invalid_utf8: {
    en: 'line {row}, {column}: not UTF-8; save the file as UTF-8',
    zh: '第 {row} 行 {column}：不是 UTF-8 编码；请另存为 UTF-8',
  },
  missing: { en: 'line {row}, {column}: the cell is empty', zh: '第 {row} 行 {column}：单元格为空' },
  not_a_number: { en: 'line {row}, {column}: not a number', zh: '第 {row} 行 {column}：不是数值' },
  out_of_range: {
    en: 'line {row}, {column}: outside the range of the standard',
    zh: '第 {row} 行 {column}：超出标准规定的范围',
  },
  unknown_category: {
    en: 'line {row}, {column}: not a label of the standard',
    zh: '第 {row} 行 {column}：不是标准中的标签',
  },
  not_in_order: {
    en: 'line {row}, {column}: earlier than the line before; sort the file by this column',
    zh: '第 {row} 行 {column}：早于上一行；请按该列排序',
  },
  unit_suspect: {
    en: '{column}: most values are out of range, but would fit if {conversion}; check the unit of the column',
    zh: '{column}：多数值超出范围，但{conversionZh}后即可吻合；请核对该列单位',
  },
  constant_column: { en: '{column}: the same value in every row', zh: '{column}：所有行取值相同' },
  open_elsewhere: {
    en: 'line {row}: hidden here, but its features stand open in the benchmark {column}; a score here proves little for it',
    zh: '第 {row} 行：在此隐藏，但其特征在基准 {column} 中公开；此处得分对该行说明力有限',
  },
  hidden_elsewhere: {
    en: 'line {row}: opened here, but hidden in your benchmark {column}, whose scores it gives away; divide both by one rule',
    zh: '第 {row} 行：在此公开，但在您的基准 {column} 中隐藏，会泄漏其答案；请对两者使用同一划分规则',
  },
  duplicate_row: { en: 'line {row}: the same as an earlier line', zh: '第 {row} 行：与前面某行完全相同' },
} as const satisfies Record<string, Text>

/** Worth knowing, but no reason to refuse the data: real plants stand still and repeat themselves. */
const NOTES: ReadonlySet<FaultCode> = new Set([
  'constant_column',
  'duplicate_row',
  'open_elsewhere',
  'hidden_elsewhere',
])

export function isNote(code: FaultCode): boolean {
  return NOTES.has(code)
}

export interface FaultCount {
  readonly code: FaultCode
  readonly column: string
  readonly count: number
}

export interface FaultPlace {
  readonly column?: string
  readonly row?: number
  readonly conversion?: Text
}

/** Counts every fault and keeps the first `keep` of them in full. */
export class FaultLog {
  readonly #keep: number
  readonly #kept: Fault[] = []
  readonly #counts = new Map<string, { code: FaultCode; column: string; count: number }>()

  constructor(keep = 1000) {
    this.#keep = keep
  }

  add(code: FaultCode, { column = '', row = 0, conversion }: FaultPlace = {}): void {
    const key = `${code} ${column}`
    const counted = this.#counts.get(key)
    if (counted) counted.count += 1
    else this.#counts.set(key, { code, column, count: 1 })
    if (row > 0 && this.#kept.length >= this.#keep) return
    const fillings = { column, row, conversion: conversion?.en ?? '', conversionZh: conversion?.zh ?? '' }
    this.#kept.push({ code, column, row, text: fillText(FAULTS[code], fillings) })
  }

  /** How often `code` was found in `column`. */
  count(code: FaultCode, column: string): number {
    return this.#counts.get(`${code} ${column}`)?.count ?? 0
  }

  /** Whole columns first, then by line. */
  kept(): readonly Fault[] {
    return this.#kept.toSorted((a, b) => a.row - b.row)
  }

  counts(): readonly FaultCount[] {
    return [...this.#counts.values()].toSorted((a, b) => compare(a.code, b.code) || compare(a.column, b.column))
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
