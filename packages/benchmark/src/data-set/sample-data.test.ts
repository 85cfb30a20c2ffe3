import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import { readDefinition } from '../benchmark/read-definition.ts'
import { checkTable } from './check-table.ts'
import { findLeak } from './leak.ts'
import { judgeQuality } from './quality.ts'
import { type ReadTable, readCsv } from './read-csv.ts'
import { splitRows } from './split.ts'

const DATA = process.env.DENGTA_DATA ?? join(dirname(houseRoot()), 'shared/data')
const dga = join(DATA, 'bench/dga')
const turbine = join(DATA, 'bench/gas_turbine')
if (!existsSync(dga))
  console.log(`SKIPPED real data sets: ${DATA} is not here; set DENGTA_DATA to the folder that holds bench/`)

async function definitionOf(name: string): Promise<BenchmarkDefinition> {
  return readDefinition(await readFile(join(houseRoot(), 'programme', `${name}.benchmark.yaml`), 'utf8'))
}

/** The parts below each other, each row led by the label of its part. */
async function readParts(name: string, parts: readonly [string, string][], definition: BenchmarkDefinition) {
  async function* rows(): AsyncGenerator<Uint8Array> {
    for (const [i, [label, file]] of parts.entries()) {
      const [header, ...lines] = (await readFile(file, 'utf8')).trim().split(/\r?\n/)
      const body = lines.map((line) => `${label},${line}\n`).join('')
      yield Buffer.from(i === 0 ? `${name},${header}\n${body}` : body)
    }
  }
  return readCsv(rows(), definition.columns)
}

function leakOf({ table }: ReadTable, definition: BenchmarkDefinition) {
  const features = definition.columns.filter(({ use }) => use === 'feature').map(({ name }) => table.numbers.get(name)!)
  return findLeak(features, splitRows(definition.split, table), definition.leak)
}

function qualityOf(read: ReadTable, definition: BenchmarkDefinition) {
  checkTable(read, definition)
  return judgeQuality(read.table.rows, read.faults)
}

describe.runIf(existsSync(dga))('transformer gases', () => {
  const parts: [string, string][] = ['train', 'test'].map((part) => [part, join(dga, `${part}.csv`)])

  test('as published, 36 gas vectors stand in both parts and the check fails', async () => {
    const definition = await definitionOf('dga/published')
    const read = await readParts('part', parts, definition)
    expect(qualityOf(read, definition).report).toMatchObject({ verdict: 'pass', rowsChecked: 666 })
    expect(leakOf(read, definition)).toEqual({
      verdict: 'fail',
      exactVectors: 36,
      exactRows: 36,
      nearRows: 3,
      hiddenRows: 160,
    })
  })

  test('grouped by vector none does, and the check passes', async () => {
    const definition = await definitionOf('dga/grouped')
    const read = await readParts('part', parts, definition)
    expect(leakOf(read, definition)).toEqual({
      verdict: 'pass',
      exactVectors: 0,
      exactRows: 0,
      nearRows: 3,
      hiddenRows: 164,
    })
  })
})

describe.runIf(existsSync(turbine))('gas turbine', () => {
  const parts = [2011, 2012, 2013, 2014, 2015].map((year): [string, string] => [
    `${year}`,
    join(turbine, `gt_${year}.csv`),
  ])
  let forward: BenchmarkDefinition
  let read: ReadTable
  beforeAll(async () => {
    forward = await definitionOf('nox/forward')
    read = await readParts('year', parts, forward)
  })

  test('passes the quality check, with seven repeated rows noted', () => {
    expect(qualityOf(read, forward)).toMatchObject({
      report: { verdict: 'pass', rowsChecked: 36_733 },
      counts: [{ code: 'duplicate_row', column: '', count: 7 }],
    })
  })

  test('years to come are hardly seen in the open years', () => {
    expect(leakOf(read, forward)).toEqual({
      verdict: 'pass',
      exactVectors: 0,
      exactRows: 0,
      nearRows: 9,
      hiddenRows: 21_694,
    })
  })

  test('hours drawn at random stand beside open ones', async () => {
    const random = await definitionOf('nox/random')
    expect(leakOf(await readParts('year', parts.slice(0, 2), random), random)).toEqual({
      verdict: 'fail',
      exactVectors: 0,
      exactRows: 0,
      nearRows: 396,
      hiddenRows: 4516,
    })
  })
})
