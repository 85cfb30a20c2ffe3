import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { metricValue } from '@dengta/statistics'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { readDefinition } from '../benchmark/read-definition.ts'
import { scoringSet } from '../data-set/labelled-rows.ts'
import { readCsv } from '../data-set/read-csv.ts'
import type { ScoringSet } from '../data-set/table.ts'
import { predictModel } from '../model/predict-model.ts'
import { openTrainingSet } from './open-training-set.ts'
import { type BaselineKind, trainBaseline } from './train-baseline.ts'

const data = process.env.DENGTA_DATA ?? join(import.meta.dirname, '../../../../../shared/data')
const turbine = join(data, 'bench/gas_turbine')
const gases = join(data, 'bench/dga')

const skipped = (folder: string) =>
  existsSync(folder) ? '' : ': SKIPPED, set DENGTA_DATA to the folder that holds bench/'
const columns = (names: readonly string[]) =>
  names.map((name) => `  - { name: ${name}, unit: '1', kind: number, use: feature }`)
const tail = (forms: string) => `split: { kind: time, column: year, openUntil: 2012 }
hidden: all
${forms}
guards: []
acceptance: { threshold: 0, worstGroupFloor: 0 }
interval: { level: 0.95, resamples: 200, blockRows: 24, seed: 1 }
minimumPartRows: 5
leak: { exactVectors: 0, nearShare: 0.01, nearDistance: 0.001 }
forms: [linear, trees]
limits: { modelBytes: 10000000, wallSeconds: 10, memoryBytes: 1000000000 }
queryBudget: 5
`
const NOX = readDefinition(`benchmark: nox
title: { en: NOx, zh: 氮氧化物 }
task: regression
columns:
  - { name: year, unit: '1', kind: number, use: period }
${columns(['AT', 'AP', 'AH', 'AFDP', 'GTEP', 'TIT', 'TAT', 'TEY', 'CDP']).join('\n')}
  - { name: NOX, unit: mg/m3, kind: number, use: target }
reference: { delayRows: 24, windowRows: 168 }
${tail('metric: r2')}`)
const DGA = readDefinition(`benchmark: dga
title: { en: Gas, zh: 油中气体 }
task: classification
columns:
  - { name: year, unit: '1', kind: number, use: period }
${columns(['H2', 'CH4', 'C2H2', 'C2H4', 'C2H6']).join('\n')}
  - { name: fault, unit: '1', kind: category, use: target, values: ['1', '2', '3', '4', '5', '6'] }
${tail('metric: macro-f1')}`)

async function* lines(...parts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part)
}

/** Rows of the gas turbine years as one file with a year column, in the order of the definition. */
function turbineCsv(years: readonly number[]): string {
  const wanted = ['AT', 'AP', 'AH', 'AFDP', 'GTEP', 'TIT', 'TAT', 'TEY', 'CDP', 'NOX']
  const rows = years.flatMap((year) => {
    const [head, ...body] = readFileSync(join(turbine, `gt_${year}.csv`), 'utf8')
      .trim()
      .split(/\r?\n/)
    const at = wanted.map((name) =>
      head!
        .split(',')
        .map((cell) => cell.trim())
        .indexOf(name),
    )
    return body.map((line) => [year, ...at.map((i) => line.split(',')[i])].join(','))
  })
  return `year,${wanted.join(',')}\n${rows.join('\n')}\n`
}

async function hiddenSet(definition: BenchmarkDefinition, csv: string): Promise<ScoringSet> {
  const { table } = await readCsv(lines(csv), definition.columns)
  const hidden = Uint8Array.from(table.numbers.get('year')!, (year) => (year > 2012 ? 1 : 0))
  return scoringSet({ definition, table, hidden })
}

async function scoreOf(
  definition: BenchmarkDefinition,
  kind: BaselineKind,
  [open, hidden]: readonly [string, ScoringSet],
) {
  const training = await openTrainingSet(definition, lines(open))
  const bytes = trainBaseline({ definition, training, kind, seed: 1 })
  const asked = { task: definition.task, inputs: hidden.inputs.names, classes: hidden.classes }
  const predicted = predictModel({ form: kind === 'linear' ? 'linear' : 'trees', bytes, asked }, hidden.inputs)
  return (rows?: Int32Array) => metricValue(definition.metric, hidden.target, predicted, hidden.classes.length, rows)
}

describe.skipIf(!existsSync(turbine))(`NOx of a gas turbine, trained on 2011-12${skipped(turbine)}`, () => {
  let hidden: ScoringSet
  beforeAll(async () => {
    hidden = await hiddenSet(NOX, turbineCsv([2011, 2012, 2013, 2014, 2015]))
  })
  const year = (wanted: number) =>
    Int32Array.from(hidden.periods!.flatMap((of, row) => (of === String(wanted) ? [row] : [])))
  test('a static model decays: good in 2013, worse than the mean in 2014 and 2015', async () => {
    const score = await scoreOf(NOX, 'trees', [turbineCsv([2011, 2012]), hidden])
    expect(score(year(2013))).toBeGreaterThan(0.55)
    expect(score(year(2014))).toBeLessThan(0)
    expect(score(year(2015))).toBeLessThan(0)
  })
  test('a model of differences to delayed feedback holds: overall R2 at least 0.686', async () => {
    const score = await scoreOf(NOX, 'trees-adaptive', [turbineCsv([2011, 2012]), hidden])
    expect(score()).toBeGreaterThan(0.686)
    for (const wanted of [2013, 2014, 2015]) expect(score(year(wanted))).toBeGreaterThan(0.53)
  })
})

describe.skipIf(!existsSync(gases))(`faults of transformers from dissolved gases${skipped(gases)}`, () => {
  const read = (name: string, mark: number) =>
    readFileSync(join(gases, name), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => `${mark},${line}`)
  const head = 'year,H2,CH4,C2H2,C2H4,C2H6,fault'
  test.each([
    ['linear', 0.6],
    ['trees', 0.85],
  ] as const)('%s reaches a macro F1 of %d', async (kind, floor) => {
    const open = [head, ...read('train.csv', 2012)].join('\n')
    const hidden = await hiddenSet(DGA, [open, ...read('test.csv', 2013)].join('\n'))
    const score = await scoreOf(DGA, kind, [open, hidden])
    expect(score()).toBeGreaterThan(floor)
  })
})
