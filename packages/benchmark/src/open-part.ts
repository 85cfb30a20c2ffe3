import type { Clock, Ids, RandomBytes, Route } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import { benchmarkRoutes } from './benchmark/benchmark-routes.ts'
import { type BenchmarkService, benchmarkService } from './benchmark/benchmark-service.ts'
import { sqlBenchmarkStore } from './benchmark/sql-benchmark-store.ts'
import { dataSetRoutes } from './data-set/data-set-routes.ts'
import { fileSealedStore } from './data-set/file-sealed-store.ts'
import { partDownload } from './data-set/part-download.ts'
import { DEFAULT_READ_LIMITS, type ReadLimits } from './data-set/read-csv.ts'
import { sealService } from './data-set/seal-service.ts'
import { type SealedSets, sealedSets } from './data-set/sealed-sets.ts'
import type { SealedStore } from './data-set/sealed-store.ts'
import { sqlDataSetStore } from './data-set/sql-data-set-store.ts'

export interface OpenPartContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  /** Secret randomness, from the system. */
  readonly random: RandomBytes
  /** What one file may be: 2 GiB and two million rows unless stated. */
  readonly limits?: ReadLimits
  /** Who owns a scenario; undefined where there is no such scenario. */
  readonly scenarioOwner: (scenario: string) => Promise<string | undefined>
}

/** Benchmarks and their data: the half of this domain that opens something; the other half proves. */
export interface OpenPart {
  readonly routes: readonly Route[]
  readonly benchmarks: BenchmarkService
  readonly sets: SealedSets
  readonly sealed: SealedStore
  /** At every start, before the first request: removes hidden rows that a crash left without a record. */
  clean(): Promise<void>
}

export function openPart(context: OpenPartContext): OpenPart {
  const { store, limits = DEFAULT_READ_LIMITS } = context
  const dataSets = sqlDataSetStore(store)
  const benchmarks = benchmarkService({ ...context, benchmarks: sqlBenchmarkStore(store), dataSets })
  const sealed = fileSealedStore(store.home)
  const benchmarkOf = benchmarks.get
  const sets = sealedSets({ dataSets, sealed, benchmarkOf })
  const seals = sealService({ ...context, limits, dataSets, sealed, sets, benchmarkOf })
  const downloads = partDownload({ blobs: store.blobs, sets, benchmarkOf })
  return {
    routes: [...benchmarkRoutes(benchmarks), ...dataSetRoutes({ seals, downloads, maxBytes: limits.maxBytes })],
    benchmarks,
    sets,
    sealed,
    clean: async () => sealed.clean(await dataSets.ids()),
  }
}
