import type { Caller, Clock, Ids, RandomBytes } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { QualityReport, SealAnswer, SealQuery } from '@dengta/sdk'
import type { BlobStore, Store } from '@dengta/store'
import type { Transaction } from 'kysely'
import type { Benchmark } from '../benchmark/benchmark.ts'
import type { OpenTables } from '../benchmark/tables-open.ts'
import { checkTable } from './check-table.ts'
import type { DataSet } from './data-set.ts'
import { dataSetErrors as errors } from './data-set-errors.ts'
import type { DataSetStore } from './data-set-store.ts'
import { noteElsewhere } from './note-elsewhere.ts'
import { prepareApart } from './prepare-client.ts'
import { leastRows, type PreparedSeal, type SealInput } from './prepare-seal.ts'
import { judgeQuality, type Quality } from './quality.ts'
import { type ReadLimits, type ReadTable, readCsv } from './read-csv.ts'
import { leakRecord, qualityRecord, sealRecord } from './seal-records.ts'
import type { SealedSets } from './sealed-sets.ts'
import type { Sealed, SealedStore } from './sealed-store.ts'
import { rowsWhere } from './split.ts'
import { writeCsv } from './write-csv.ts'

const SECRET_BYTES = 32

export interface SealService {
  /**
   * Checks, divides, commits and hides the rows of a CSV. A file that fails the quality check is refused, on record, and nothing
   * of it is kept. A failed leak check is recorded and sealed all the same: the gate decides. Throws `data_set.*`.
   */
  seal(caller: Caller, request: SealRequest): Promise<SealAnswer>
  /** The newest report; for the owner. Throws `data_set.not_the_owner`, `data_set.not_checked`. */
  quality(caller: Caller, benchmark: string): Promise<QualityReport>
}

interface SealRequest extends SealQuery {
  readonly benchmark: string
  readonly csv: AsyncIterable<Uint8Array>
}

export interface SealServiceParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  /** Secret randomness, from the system. */
  readonly random: RandomBytes
  readonly limits: ReadLimits
  readonly dataSets: DataSetStore
  readonly sealed: SealedStore
  readonly sets: SealedSets
  /** Throws `benchmark.missing`. */
  readonly benchmarkOf: (id: string) => Promise<Benchmark>
}

/** One file on its way: whose, under which id, and what was found. */
interface Handed {
  readonly benchmark: Benchmark
  readonly dataset: string
  readonly request: SealRequest
  readonly quality: Quality
}

export function sealService(parts: SealServiceParts): SealService {
  const owned = async (caller: Caller, id: string): Promise<Benchmark> => {
    const benchmark = await parts.benchmarkOf(id)
    if (benchmark.owner !== caller.participant) throw errors.not_the_owner({ benchmark: id })
    return benchmark
  }
  return {
    seal: async (caller, request) => {
      const benchmark = await owned(caller, request.benchmark)
      const read = await readCsv(request.csv, benchmark.definition.columns, parts.limits)
      checkTable(read, benchmark.definition)
      const quality = judgeQuality(read.table.rows, read.faults)
      const handed = { benchmark, request, quality, dataset: parts.ids.next('data') }
      return quality.report.verdict === 'pass' ? seal(parts, handed, read) : refuse(parts, handed)
    },
    quality: async (caller, id) => {
      await owned(caller, id)
      const check = await parts.dataSets.newestCheck(id)
      if (!check) throw errors.not_checked({ benchmark: id })
      return check.report
    },
  }
}

async function refuse(parts: SealServiceParts, handed: Handed): Promise<SealAnswer> {
  const qualityRecord = await parts.store.transaction((tx: Transaction<OpenTables>) => recordCheck(parts, handed, tx))
  return { state: 'refused', dataset: handed.dataset, qualityRecord, report: handed.quality.report }
}

async function recordCheck(parts: SealServiceParts, handed: Handed, tx: Transaction<OpenTables>): Promise<string> {
  const { benchmark, dataset, quality } = handed
  const { id } = await parts.ledger.append(
    tx,
    qualityRecord({ benchmark, dataset, basis: [benchmark.record] }, quality),
  )
  const check = { dataset, benchmark: benchmark.id, report: quality.report, record: id, checkedAt: parts.clock.now() }
  await parts.dataSets.addCheck(tx, check)
  return id
}

/**
 * Files first, then the transaction: what is on record is on disk. A crash in between leaves a folder that `clean` removes, and so
 * does a commit that failed: it may have gone through, and only its answer was lost.
 */
async function seal(
  parts: SealServiceParts,
  checked: Handed,
  { table, lines, faults }: ReadTable,
): Promise<SealAnswer> {
  const secret = parts.random(SECRET_BYTES)
  const { benchmark } = checked
  const { definition } = benchmark
  const prepared = await prepare({ definition, table, secret })
  await noteElsewhere(parts, { benchmark, lines, split: { definition, table, hidden: prepared.hidden } }, faults)
  const handed = { ...checked, quality: judgeQuality(table.rows, faults) }
  const stated = await keepFiles(parts, handed, { ...prepared, table, secret })
  let isRecorded = false
  try {
    const dataSet = await parts.store.transaction(async (tx: Transaction<OpenTables>) => {
      const recorded = await recordSeal(parts, { handed, stated }, tx)
      isRecorded = true
      return recorded
    })
    return answerOf(dataSet, handed.quality.report)
  } catch (cause) {
    if (!isRecorded) await parts.sealed.remove(handed.dataset)
    throw cause
  }
}

async function prepare(input: SealInput): Promise<PreparedSeal> {
  const prepared = await prepareApart(input)
  const [open, hidden, least] = [prepared.openRows, prepared.hiddenRows, leastRows(input.definition)]
  if (open < least || hidden < least) throw errors.one_sided_split({ open, hidden, least })
  return prepared
}

/** The open part goes to the blobs, the whole to the sealed folder. */
async function keepFiles(
  { store, sealed }: SealServiceParts,
  { benchmark, dataset, request, quality }: Handed,
  content: Sealed & PreparedSeal,
): Promise<Stated> {
  const { table, hidden, openRows, hiddenRows, commitment, leak } = content
  const columns = benchmark.definition.columns.map(({ name }) => name)
  const { digest: openPart } = await putBlob(store.blobs, writeCsv({ table, columns, rows: rowsWhere(hidden, 0) }))
  const sealedFile = await sealed.write(dataset, content)
  return {
    ...{ id: dataset, benchmark: benchmark.id, openPart, sealedFile, faults: quality.counts, leak },
    ...{ origin: request.origin, licence: request.licence, source: request.source },
    ...{ rows: table.rows, openRows, hiddenRows, commitment: commitment.all, hiddenCommitment: commitment.hidden },
  }
}

type Stated = Omit<DataSet, 'records' | 'sealedAt'>

async function recordSeal(
  parts: SealServiceParts,
  { handed, stated }: { readonly handed: Handed; readonly stated: Stated },
  tx: Transaction<OpenTables>,
): Promise<DataSet> {
  const { benchmark, dataset } = handed
  const about = { benchmark, dataset }
  const quality = await recordCheck(parts, handed, tx)
  const checked = [benchmark.record, quality]
  const leak = await parts.ledger.append(tx, leakRecord({ ...about, basis: checked }, stated.leak, stated.commitment))
  const seal = await parts.ledger.append(tx, sealRecord({ ...about, basis: [...checked, leak.id] }, stated))
  const records = { quality, leak: leak.id, seal: seal.id }
  const dataSet = { ...stated, records, sealedAt: parts.clock.now() }
  await parts.dataSets.add(tx, dataSet)
  return dataSet
}

async function putBlob(blobs: BlobStore, pieces: Iterable<Uint8Array>): Promise<{ digest: string }> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* pieces
  }
  return blobs.put(stream())
}

function answerOf({ records, leak, ...dataSet }: DataSet, report: QualityReport): SealAnswer {
  return {
    state: 'sealed',
    dataset: dataSet.id,
    rows: dataSet.rows,
    openRows: dataSet.openRows,
    hiddenRows: dataSet.hiddenRows,
    commitment: dataSet.commitment,
    sealRecord: records.seal,
    qualityRecord: records.quality,
    leakRecord: records.leak,
    report,
    leak,
  }
}
