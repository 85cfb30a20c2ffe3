import type { Store } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import { sampleBenchmark } from '../benchmark/benchmark-store.contract.ts'
import { sqlBenchmarkStore } from '../benchmark/sql-benchmark-store.ts'
import type { OpenTables } from '../benchmark/tables-open.ts'
import type { DataSet } from './data-set.ts'
import type { DataCheck, DataSetStore } from './data-set-store.ts'

const at = new Date('2026-11-22T08:00:00.000Z')

const check: DataCheck = {
  dataset: 'data_1',
  benchmark: 'sample',
  report: {
    verdict: 'fail',
    rowsChecked: 2,
    faults: [{ code: 'missing', column: 'a', row: 2, text: { en: 'empty', zh: '为空' } }],
    more: 0,
  },
  record: 'c'.repeat(64),
  checkedAt: at,
}

const dataSet: DataSet = {
  id: 'data_1',
  benchmark: 'sample',
  origin: 'simulated',
  licence: 'CC0',
  source: 'a test',
  rows: 10,
  openRows: 6,
  hiddenRows: 4,
  commitment: '1'.repeat(64),
  hiddenCommitment: '2'.repeat(64),
  openPart: '3'.repeat(64),
  sealedFile: '4'.repeat(64),
  faults: [{ code: 'duplicate_row', column: '', count: 1 }],
  leak: { verdict: 'pass', exactVectors: 0, exactRows: 0, nearRows: 1, hiddenRows: 4 },
  records: { quality: '5'.repeat(64), leak: '6'.repeat(64), seal: '7'.repeat(64) },
  sealedAt: at,
}

/** Every implementation runs these same cases. `open` answers a fresh store. */
export function dataSetStoreContract(
  name: string,
  open: () => Promise<{ store: Store; dataSets: DataSetStore }>,
): void {
  describe(`data set store, ${name}`, () => {
    const opened = async () => {
      const { store, dataSets } = await open()
      const write = (work: Parameters<typeof store.transaction<OpenTables, void>>[0]) => store.transaction(work)
      await write((tx) => sqlBenchmarkStore(store).create(tx, sampleBenchmark))
      return { dataSets, write }
    }

    test('the data set sealed last counts, the earlier one stays', async () => {
      const { dataSets, write } = await opened()
      expect(await dataSets.current('sample')).toBeUndefined()
      await write((tx) => dataSets.add(tx, dataSet))
      const second = { ...dataSet, id: 'data_0', rows: 11 }
      await write((tx) => dataSets.add(tx, second))
      expect(await dataSets.current('sample')).toEqual(second)
      expect(await dataSets.find('data_1')).toEqual(dataSet)
      expect(await dataSets.ids()).toEqual(['data_1', 'data_0'])
    })

    test('the newest check is the one handed in last', async () => {
      const { dataSets, write } = await opened()
      expect(await dataSets.newestCheck('sample')).toBeUndefined()
      await write((tx) => dataSets.addCheck(tx, check))
      const second = { ...check, dataset: 'data_0' }
      await write((tx) => dataSets.addCheck(tx, second))
      expect(await dataSets.newestCheck('sample')).toEqual(second)
    })

    test('nothing stays of a transaction that fails', async () => {
      const { dataSets, write } = await opened()
      const failing = write(async (tx) => {
        await dataSets.add(tx, dataSet)
        throw new Error('after all not')
      })
      await expect(failing).rejects.toThrow('after all not')
      expect(await dataSets.ids()).toEqual([])
    })
  })
}
