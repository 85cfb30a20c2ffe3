import { join } from 'node:path'
import type { Benchmark } from '../benchmark/benchmark.ts'
import type { DataSet } from '../data-set/data-set.ts'
import type { DataSetStore } from '../data-set/data-set-store.ts'
import type { SealedSets } from '../data-set/sealed-sets.ts'
import type { ScoringSet } from '../data-set/table.ts'
import { encodeMatrix } from '../scoring/matrix-file.ts'
import { writePrivateFile } from './private-file.ts'

/** A sealed data set, ready for scoring. */
export interface HiddenSet {
  readonly benchmark: Benchmark
  readonly dataSet: DataSet
  readonly set: ScoringSet
  /** The features of the hidden rows as a file for the sandbox. It holds no label. */
  readonly features: string
}

export interface HiddenSets {
  get(dataset: string): Promise<HiddenSet>
}

export interface HiddenSetsParts {
  readonly home: string
  readonly dataSets: DataSetStore
  readonly sealedSets: SealedSets
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
}

/** How many data sets stay in memory. */
const KEPT = 4

/** Reads a data set once and keeps it; its features file is written anew at the first use in each process. */
export function hiddenSets(parts: HiddenSetsParts): HiddenSets {
  const kept = new Map<string, Promise<HiddenSet>>()
  return {
    get: (dataset) => {
      const found = kept.get(dataset) ?? load(parts, dataset)
      kept.delete(dataset)
      kept.set(dataset, found)
      found.catch(() => kept.delete(dataset))
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest)
      return found
    },
  }
}

async function load({ home, dataSets, sealedSets, benchmarkOf }: HiddenSetsParts, id: string): Promise<HiddenSet> {
  const set = await sealedSets.scoring(id)
  const dataSet = (await dataSets.find(id))!
  const features = join(home, 'scoring', 'features', `${id}.matrix`)
  await writePrivateFile(features, encodeMatrix(set.inputs))
  return { benchmark: await benchmarkOf(dataSet.benchmark), dataSet, set, features }
}
