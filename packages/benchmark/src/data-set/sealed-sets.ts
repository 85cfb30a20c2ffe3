import type { Benchmark } from '../benchmark/benchmark.ts'
import type { DataSet } from './data-set.ts'
import { dataSetErrors as errors } from './data-set-errors.ts'
import type { DataSetStore } from './data-set-store.ts'
import { type SplitTable, scoringSet, trainingSet } from './labelled-rows.ts'
import type { SealedStore } from './sealed-store.ts'
import type { ScoringSet, TrainingSet } from './table.ts'

/** Sealed rows for those parts of the house that train and score. Nothing of it may reach an answer. */
export interface SealedSets {
  /** The newest data set of a benchmark: the one that counts. */
  current(benchmark: string): Promise<DataSet | undefined>
  /** Throws `data_set.sealed_missing` or `data_set.sealed_damaged`, as `scoring` does. */
  training(dataset: string): Promise<TrainingSet>
  scoring(dataset: string): Promise<ScoringSet>
  /** The whole table with its division. */
  split(dataset: string): Promise<SplitTable>
}

export interface SealedSetsParts {
  readonly dataSets: DataSetStore
  readonly sealed: SealedStore
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
}

export function sealedSets({ dataSets, sealed, benchmarkOf }: SealedSetsParts): SealedSets {
  const split = async (id: string): Promise<SplitTable> => {
    const dataSet = await dataSets.find(id)
    if (!dataSet) throw errors.sealed_missing({ dataset: id })
    const { definition } = await benchmarkOf(dataSet.benchmark)
    return { definition, ...(await sealed.read(id, dataSet.sealedFile)) }
  }
  return {
    current: (benchmark) => dataSets.current(benchmark),
    training: async (id) => trainingSet(await split(id)),
    scoring: async (id) => scoringSet(await split(id)),
    split,
  }
}
