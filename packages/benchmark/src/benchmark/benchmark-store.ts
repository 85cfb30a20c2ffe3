import type { Transaction } from 'kysely'
import type { Benchmark } from './benchmark.ts'
import type { OpenTables } from './tables-open.ts'

export interface BenchmarkStore {
  /** Throws `benchmark.exists`. There is no update: scores refer to the definition as it was. */
  create(tx: Transaction<OpenTables>, benchmark: Benchmark): Promise<void>
  find(id: string): Promise<Benchmark | undefined>
  /** In the order of their making. */
  list(): Promise<readonly Benchmark[]>
}
