import { canonicalJson } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import type { Selectable } from 'kysely'
import type { Benchmark } from './benchmark.ts'
import { benchmarkErrors as errors } from './benchmark-errors.ts'
import type { BenchmarkStore } from './benchmark-store.ts'
import type { OpenTables } from './tables-open.ts'

export function sqlBenchmarkStore(store: Store): BenchmarkStore {
  const rows = () => store.db<OpenTables>().selectFrom('benchmarks').selectAll()
  return {
    create: async (tx, benchmark) => {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('benchmarks')
        .values(rowOf(benchmark))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) throw errors.exists({ id: benchmark.id })
    },
    find: async (id) => {
      const row = await rows().where('id', '=', id).executeTakeFirst()
      return row && benchmarkOf(row)
    },
    list: async () => (await rows().orderBy('created_at').orderBy('id').execute()).map(benchmarkOf),
  }
}

function rowOf(benchmark: Benchmark) {
  return {
    id: benchmark.id,
    scenario: benchmark.scenario ?? null,
    owner: benchmark.owner,
    definition: canonicalJson(benchmark.definition),
    definition_digest: benchmark.definitionDigest,
    file: benchmark.file,
    record: benchmark.record,
    created_at: benchmark.createdAt,
  }
}

function benchmarkOf(row: Selectable<OpenTables['benchmarks']>): Benchmark {
  return {
    id: row.id,
    scenario: row.scenario ?? undefined,
    owner: row.owner,
    definition: JSON.parse(row.definition),
    definitionDigest: row.definition_digest,
    file: row.file,
    record: row.record,
    createdAt: row.created_at,
  }
}
