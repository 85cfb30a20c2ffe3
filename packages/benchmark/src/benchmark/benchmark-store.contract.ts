import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import type { Benchmark } from './benchmark.ts'
import type { BenchmarkStore } from './benchmark-store.ts'
import { definitionDigest, readDefinition } from './read-definition.ts'
import { SAMPLE_YAML } from './sample-definition.ts'
import type { OpenTables } from './tables-open.ts'

const definition = readDefinition(SAMPLE_YAML)

export const sampleBenchmark: Benchmark = {
  id: 'sample',
  scenario: undefined,
  owner: 'plant',
  definition,
  definitionDigest: definitionDigest(definition),
  file: 'f'.repeat(64),
  record: 'b'.repeat(64),
  createdAt: new Date('2026-11-22T08:00:00.000Z'),
}

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function benchmarkStoreContract(
  name: string,
  open: () => Promise<{ store: Store; benchmarks: BenchmarkStore }>,
): void {
  describe(`benchmark store, ${name}`, () => {
    const create = (store: Store, benchmarks: BenchmarkStore, benchmark: Benchmark) =>
      store.transaction<OpenTables, void>((tx) => benchmarks.create(tx, benchmark))

    test('gives back what was written, in the order of making', async () => {
      const { store, benchmarks } = await open()
      const later = {
        ...sampleBenchmark,
        id: 'a-later',
        scenario: 'nox',
        createdAt: new Date('2026-11-23T08:00:00.000Z'),
      }
      await create(store, benchmarks, later)
      await create(store, benchmarks, sampleBenchmark)
      expect(await benchmarks.find('a-later')).toEqual(later)
      expect(await benchmarks.find('nothing')).toBeUndefined()
      expect(await benchmarks.list()).toEqual([sampleBenchmark, later])
    })

    test('an id is taken once, and the first stays', async () => {
      const { store, benchmarks } = await open()
      await create(store, benchmarks, sampleBenchmark)
      await expect(create(store, benchmarks, { ...sampleBenchmark, owner: 'thief' })).rejects.toMatchObject({
        code: 'benchmark.exists',
      })
      expect(await benchmarks.find('sample')).toEqual(sampleBenchmark)
    })
  })
}
