import type { SealQuery } from '@dengta/sdk'
import type { BenchmarkDefinition } from '../benchmark/benchmark.ts'
import type { FaultCount } from './fault.ts'
import type { Leak } from './leak.ts'

/** A sealed data set. Digests are SHA-256, hexadecimal. */
export interface DataSet extends SealQuery {
  readonly id: string
  readonly benchmark: string
  readonly rows: number
  readonly openRows: number
  readonly hiddenRows: number
  /** Merkle root over all rows, and over the hidden rows alone. */
  readonly commitment: string
  readonly hiddenCommitment: string
  /** The open rows as CSV, a blob. */
  readonly openPart: string
  /** Digest of the sealed file, which never leaves its folder. */
  readonly sealedFile: string
  /** Notes of the quality check, which it passed. */
  readonly faults: readonly FaultCount[]
  readonly leak: Leak
  readonly records: { readonly quality: string; readonly leak: string; readonly seal: string }
  readonly sealedAt: Date
}

/** A set whose open rows repeat hidden ones is of no use to anybody: neither part of it leaves, and nothing is scored on it. */
export function isWithheld({ leak }: DataSet, { leak: limits }: BenchmarkDefinition): boolean {
  return leak.exactVectors > limits.exactVectors
}
