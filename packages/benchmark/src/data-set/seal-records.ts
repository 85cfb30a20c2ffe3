import { canonicalJson, HOUSE, sha256Hex, utf8 } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { Benchmark } from '../benchmark/benchmark.ts'
import type { DataSet } from './data-set.ts'
import type { Leak } from './leak.ts'
import type { Quality } from './quality.ts'

/** What a record about a data set is made of. `basis` names the records that it rests on. */
export interface RecordParts {
  readonly benchmark: Benchmark
  readonly dataset: string
  readonly basis: readonly string[]
}

/** What the house found in a file, counts only; the report itself is named by its digest and shown to the owner. */
export function qualityRecord(parts: RecordParts, { report, counts }: Quality): NewRecord<'quality'> {
  const digest = sha256Hex(utf8(canonicalJson(report)))
  return {
    kind: 'quality',
    actor: HOUSE,
    subjects: [{ name: `dataset/${parts.dataset}/quality-report`, digest: { sha256: digest } }],
    predicate: {
      ...about(parts),
      verdict: report.verdict,
      rowsChecked: report.rowsChecked,
      faults: [...counts],
      report: digest,
    },
  }
}

export function leakRecord(parts: RecordParts, leak: Leak, commitment: string): NewRecord<'leak'> {
  const { exactVectors, nearShare, nearDistance } = parts.benchmark.definition.leak
  return {
    kind: 'leak',
    actor: HOUSE,
    subjects: [{ name: `dataset/${parts.dataset}`, digest: { sha256: commitment } }],
    predicate: { ...about(parts), ...leak, nearDistance, limits: { exactVectors, nearShare } },
  }
}

export function sealRecord(parts: RecordParts, dataSet: Omit<DataSet, 'records' | 'sealedAt'>): NewRecord<'seal'> {
  const { definition, definitionDigest } = parts.benchmark
  const { origin, licence, source, rows, openRows, hiddenRows, commitment, hiddenCommitment, openPart } = dataSet
  return {
    kind: 'seal',
    actor: parts.benchmark.owner,
    subjects: [
      { name: `dataset/${parts.dataset}`, digest: { sha256: commitment } },
      { name: `dataset/${parts.dataset}/open.csv`, digest: { sha256: openPart } },
    ],
    predicate: {
      ...about(parts),
      ...{ origin, licence, source, rows, openRows, hiddenRows, commitment, hiddenCommitment, openPart },
      columns: definition.columns.map(({ name, unit, kind }) => ({ name, unit, kind })),
      definition: definitionDigest,
    },
  }
}

function about({ benchmark, dataset, basis }: RecordParts) {
  const scenario = benchmark.scenario
  return { basis: [...basis], ...(scenario !== undefined && { scenario }), benchmark: benchmark.id, dataset }
}
