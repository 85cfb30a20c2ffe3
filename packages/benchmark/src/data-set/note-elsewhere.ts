import type { Benchmark } from '../benchmark/benchmark.ts'
import { isWithheld } from './data-set.ts'
import type { DataSetStore } from './data-set-store.ts'
import type { FaultLog } from './fault.ts'
import type { SplitTable } from './labelled-rows.ts'
import { type ChosenRows, rowsAlsoIn } from './rows-also-in.ts'
import type { SealedSets } from './sealed-sets.ts'
import { rowsWhere } from './split.ts'

export interface ElsewhereParts {
  readonly dataSets: DataSetStore
  readonly sets: SealedSets
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
}

/** A table about to be sealed. `lines`: the line of the file of each row. */
export interface AboutToSeal {
  readonly benchmark: Benchmark
  readonly split: SplitTable
  readonly lines: Int32Array
}

/**
 * Notes rows that another data set of this house gives away, by their features: rows hidden here that stand open there, and rows
 * opened here that the same owner hides there. What other owners hide is not compared: a count would answer guesses about it.
 */
export async function noteElsewhere(parts: ElsewhereParts, mine: AboutToSeal, faults: FaultLog): Promise<void> {
  for (const id of await parts.dataSets.ids()) {
    const dataSet = (await parts.dataSets.find(id))!
    const other = await parts.benchmarkOf(dataSet.benchmark)
    const split = isWithheld(dataSet, other.definition) ? undefined : await parts.sets.split(id)
    if (!split || !hasFeatures(split, mine.split)) continue
    const note = (code: 'open_elsewhere' | 'hidden_elsewhere', side: 0 | 1): void => {
      for (const row of rowsAlsoIn(sideOf(mine.split, mine.split, side), sideOf(split, mine.split, side === 1 ? 0 : 1)))
        faults.add(code, { column: other.id, row: mine.lines[row]! })
    }
    note('open_elsewhere', 1)
    if (other.owner === mine.benchmark.owner) note('hidden_elsewhere', 0)
  }
}

function featuresOf({ definition }: SplitTable): readonly string[] {
  return definition.columns.filter(({ use }) => use === 'feature').map(({ name }) => name)
}

function hasFeatures({ table }: SplitTable, asked: SplitTable): boolean {
  return featuresOf(asked).every((name) => table.numbers.has(name))
}

/** The open (0) or hidden (1) rows of a table, by the features of another. */
function sideOf({ table, hidden }: SplitTable, asked: SplitTable, side: 0 | 1): ChosenRows {
  return { columns: featuresOf(asked).map((name) => table.numbers.get(name)!), rows: rowsWhere(hidden, side) }
}
