import type { RawReply } from '@dengta/kernel'
import type { BlobStore } from '@dengta/store'
import type { Benchmark } from '../benchmark/benchmark.ts'
import { isWithheld } from './data-set.ts'
import { dataSetErrors as errors } from './data-set-errors.ts'
import type { SealedSets } from './sealed-sets.ts'
import { rowsWhere } from './split.ts'
import { writeCsv } from './write-csv.ts'

export interface PartDownload {
  /** The open rows with all columns. Throws `data_set.not_sealed`, `data_set.withheld`. */
  openRows(benchmark: string): Promise<RawReply>
  /** The features of the hidden rows, in the order that predictions follow, and nothing else. Throws `data_set.stays_hidden`. */
  hiddenFeatures(benchmark: string): Promise<RawReply>
}

export interface PartDownloadParts {
  readonly blobs: BlobStore
  readonly sets: SealedSets
  /** Throws `benchmark.missing`. */
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
}

export function partDownload({ blobs, sets, benchmarkOf }: PartDownloadParts): PartDownload {
  const current = async ({ id: benchmark, definition }: Benchmark) => {
    const dataSet = await sets.current(benchmark)
    if (!dataSet) throw errors.not_sealed({ benchmark })
    if (isWithheld(dataSet, definition)) throw errors.withheld({ benchmark, vectors: dataSet.leak.exactVectors })
    return dataSet
  }
  return {
    openRows: async (id) => {
      const { openPart } = await current(await benchmarkOf(id))
      return csvReply(blobs.stream(openPart), `${id}-open.csv`)
    },
    hiddenFeatures: async (id) => {
      const benchmark = await benchmarkOf(id)
      const { definition } = benchmark
      if (definition.hidden !== 'target') throw errors.stays_hidden({ benchmark: id })
      const { table, hidden } = await sets.split((await current(benchmark)).id)
      const columns = definition.columns.filter(({ use }) => use === 'feature').map(({ name }) => name)
      return csvReply(streamOf(writeCsv({ table, columns, rows: rowsWhere(hidden, 1) })), `${id}-hidden-features.csv`)
    },
  }
}

function csvReply(body: AsyncIterable<Uint8Array>, fileName: string): RawReply {
  return { mediaType: 'text/csv; charset=utf-8', body, fileName }
}

async function* streamOf(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces
}
