import { expect, test } from 'vitest'
import type { BenchmarkDefinition, ColumnStandard } from '../benchmark/benchmark.ts'
import { readDefinition } from '../benchmark/read-definition.ts'
import { SAMPLE_YAML } from '../benchmark/sample-definition.ts'
import { checkTable } from './check-table.ts'
import { FaultLog } from './fault.ts'
import { judgeQuality } from './quality.ts'
import { numberTable } from './sample-table.ts'
import { suspectUnit } from './suspect-unit.ts'

const definition: BenchmarkDefinition = readDefinition(SAMPLE_YAML)

function check(columns: Record<string, number[]>) {
  const table = numberTable(columns)
  const faults = new FaultLog()
  checkTable({ table, lines: Int32Array.from({ length: table.rows }, (_, i) => i + 2), faults }, definition)
  return judgeQuality(table.rows, faults)
}

test('a table in order with changing values passes', () => {
  expect(check({ year: [2011, 2012, 2013], a: [1, 2, 3], b: [4, 5, 6], y: [7, 8, 9] })).toEqual({
    counts: [],
    report: { verdict: 'pass', rowsChecked: 3, faults: [], more: 0 },
  })
})

test('repeated rows and a column that stands still are noted and pass', () => {
  const { report, counts } = check({ year: [2011, 2011, 2012], a: [1, 1, 2], b: [4, 4, 4], y: [7, 7, 8] })
  expect(report.verdict).toBe('pass')
  expect(counts).toEqual([
    { code: 'constant_column', column: 'b', count: 1 },
    { code: 'duplicate_row', column: '', count: 1 },
  ])
  expect(report.faults.map(({ row }) => row)).toEqual([0, 3])
})

test('rows out of order in time fail, by line', () => {
  const { report } = check({ year: [2011, 2013, 2012], a: [1, 2, 3], b: [4, 5, 6], y: [7, 8, 9] })
  expect(report).toMatchObject({ verdict: 'fail', faults: [{ code: 'not_in_order', column: 'year', row: 4 }] })
})

test('a column in kelvin fails with the conversion named and no value shown', () => {
  const { report } = check({ year: [2011, 2012, 2013], a: [283.15, 290.15, 285.15], b: [4, 5, 6], y: [7, 8, 9] })
  expect(report).toMatchObject({ verdict: 'fail', faults: [{ code: 'unit_suspect', column: 'a', row: 0 }] })
  expect(report.faults[0]?.text).toEqual({
    en: 'a: most values are out of range, but would fit if read as kelvin (minus 273.15); check the unit of the column',
    zh: 'a：多数值超出范围，但按开尔文换算（减 273.15）后即可吻合；请核对该列单位',
  })
})

test.each<[unit: string, range: [number, number], values: number[], expected: string | undefined]>([
  ['°C', [900, 1200], [1359, 1360, 1350], 'read as kelvin (minus 273.15)'],
  ['°C', [10, 30], [68, 70, 75], 'read as °F ((x - 32) / 1.8)'],
  ['K', [273, 313], [10, 20, 30], 'read as °C (plus 273.15)'],
  ['mbar', [900, 1100], [1.01, 1.02, 0.99], 'multiplied by 1000'],
  ['bar', [0.9, 1.1], [1010, 1020, 990], 'multiplied by 0.001'],
  ['%', [1, 100], [0.5, 0.75, 0.9], 'multiplied by 100'],
  ['mm', [50, 60], [5.1, 5.5, 5.9], 'multiplied by 10'],
  ['kW', [0, 10], [-5, -6, 4], undefined],
  ['kW', [0, 10], [1, 2, 5000], undefined],
])('a unit slip in %s %j is told: %j -> %s', (unit, range, values, expected) => {
  const standard: ColumnStandard = { name: 'x', unit, kind: 'number', use: 'feature', range }
  expect(suspectUnit(standard, Float64Array.from(values))?.en).toBe(expected)
})
