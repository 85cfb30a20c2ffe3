import { sha256Hex, utf8 } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import type { SplitRule } from '../benchmark/benchmark.ts'
import { numberTable, sequence } from './sample-table.ts'
import { rowsWhere, splitRows } from './split.ts'

const random = sequence(3)
const table = numberTable({
  year: Array.from({ length: 2000 }, (_, row) => 2011 + Math.floor(row / 500)),
  a: Array.from({ length: 2000 }, () => Math.floor(random() * 50)),
  b: Array.from({ length: 2000 }, () => Math.floor(random() * 4)),
})

describe('splitRows', () => {
  test('time: hidden above, open up to and with the bound', () => {
    const hidden = splitRows({ kind: 'time', column: 'year', openUntil: 2012 }, table)
    expect([...rowsWhere(hidden, 1)]).toEqual(Array.from({ length: 1000 }, (_, i) => 1000 + i))
    expect(rowsWhere(hidden, 0)).toHaveLength(1000)
  })

  test('published: the named label is hidden', () => {
    const parts = {
      ...table,
      rows: 3,
      categories: new Map([['part', { codes: Int32Array.of(0, 1, 0), labels: ['test', 'train'] }]]),
    }
    expect([...splitRows({ kind: 'published', column: 'part', hidden: 'test' }, parts)]).toEqual([1, 0, 1])
  })

  test('random: the stated hash, about the stated share', () => {
    const hidden = splitRows({ kind: 'random', hiddenShare: 0.3, salt: 'some salt' }, table)
    const share = Number.parseInt(sha256Hex(utf8('["some salt","17"]')).slice(0, 12), 16) / 2 ** 48
    expect(hidden[16]).toBe(Number(share < 0.3))
    expect(rowsWhere(hidden, 1).length / 2000).toBeCloseTo(0.3, 1)
  })

  test('group: equal values never stand on both sides', () => {
    const rule: SplitRule = { kind: 'group', columns: ['a', 'b'], hiddenShare: 0.25, salt: 'some salt' }
    const hidden = splitRows(rule, table)
    const groupsOf = (flag: 0 | 1) =>
      new Set(
        Array.from(rowsWhere(hidden, flag), (row) => `${table.numbers.get('a')![row]}/${table.numbers.get('b')![row]}`),
      )
    expect([...groupsOf(1)].filter((group) => groupsOf(0).has(group))).toEqual([])
    expect(groupsOf(1).size / 200).toBeCloseTo(0.25, 0)
    expect([...splitRows({ ...rule, salt: 'other salt' }, table)]).not.toEqual([...hidden])
  })
})
