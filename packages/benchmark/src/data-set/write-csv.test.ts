import { expect, test } from 'vitest'
import type { ColumnStandard } from '../benchmark/benchmark.ts'
import { readCsv } from './read-csv.ts'
import { sequence } from './sample-table.ts'
import { writeCsv } from './write-csv.ts'

test('what is written reads back to the same bits', async () => {
  const random = sequence(4)
  const rows = 10_000
  const standard: ColumnStandard[] = [
    { name: 'x y', unit: '1', kind: 'number', use: 'feature' },
    {
      name: 'label',
      unit: '1',
      kind: 'category',
      use: 'target',
      values: ['a,b', ' blank', 'say "x"', 'two\nlines', '普通'],
    },
  ]
  const table = {
    rows,
    numbers: new Map([
      ['x y', Float64Array.from({ length: rows }, () => (random() - 0.5) * 10 ** (random() * 40 - 20))],
    ]),
    categories: new Map([
      [
        'label',
        { codes: Int32Array.from({ length: rows }, (_, row) => [0, 2, 3, 4][row % 4]!), labels: standard[1]!.values! },
      ],
    ]),
  }
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  async function* file(): AsyncGenerator<Uint8Array> {
    yield* writeCsv({ table, columns: ['x y', 'label'], rows: all })
  }
  const read = await readCsv(file(), standard)
  expect(read.faults.counts()).toEqual([])
  expect(read.table).toEqual(table)
})
