import type { QualityReport } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Insertable, Selectable } from 'kysely'
import type { OpenTables } from '../benchmark/tables-open.ts'
import type { DataSet } from './data-set.ts'
import type { DataCheck, DataSetStore } from './data-set-store.ts'

export function sqlDataSetStore(store: Store): DataSetStore {
  const db = () => store.db<OpenTables>()
  const sets = () => db().selectFrom('data_sets').selectAll()
  return {
    addCheck: async (tx, { report, checkedAt, ...check }) => {
      await tx
        .insertInto('data_checks')
        .values({ ...check, report: JSON.stringify(report), checked_at: checkedAt })
        .execute()
    },
    newestCheck: async (benchmark) => {
      const checks = db().selectFrom('data_checks').selectAll().where('benchmark', '=', benchmark)
      const row = await checks.orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row && checkOf(row)
    },
    add: async (tx, dataSet) => {
      await tx.insertInto('data_sets').values(rowOf(dataSet)).execute()
    },
    find: async (id) => {
      const row = await sets().where('id', '=', id).executeTakeFirst()
      return row && dataSetOf(row)
    },
    current: async (benchmark) => {
      const row = await sets().where('benchmark', '=', benchmark).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row && dataSetOf(row)
    },
    ids: async () => (await db().selectFrom('data_sets').select('id').orderBy('seq').execute()).map(({ id }) => id),
  }
}

function checkOf(row: Selectable<OpenTables['data_checks']>): DataCheck {
  return {
    dataset: row.dataset,
    benchmark: row.benchmark,
    report: row.report as QualityReport,
    record: row.record,
    checkedAt: row.checked_at,
  }
}

function rowOf(dataSet: DataSet): Insertable<OpenTables['data_sets']> {
  const { id, benchmark, origin, licence, source, rows, commitment, records } = dataSet
  return {
    ...{ id, benchmark, origin, licence, source, rows, commitment },
    open_rows: dataSet.openRows,
    hidden_rows: dataSet.hiddenRows,
    hidden_commitment: dataSet.hiddenCommitment,
    open_part: dataSet.openPart,
    sealed_file: dataSet.sealedFile,
    faults: JSON.stringify(dataSet.faults),
    leak: JSON.stringify(dataSet.leak),
    quality_record: records.quality,
    leak_record: records.leak,
    seal_record: records.seal,
    sealed_at: dataSet.sealedAt,
  }
}

function dataSetOf(row: Selectable<OpenTables['data_sets']>): DataSet {
  const { id, benchmark, licence, source, rows, commitment } = row
  return {
    ...{ id, benchmark, licence, source, rows, commitment },
    origin: row.origin as DataSet['origin'],
    openRows: row.open_rows,
    hiddenRows: row.hidden_rows,
    hiddenCommitment: row.hidden_commitment,
    openPart: row.open_part,
    sealedFile: row.sealed_file,
    faults: row.faults as DataSet['faults'],
    leak: row.leak as DataSet['leak'],
    records: { quality: row.quality_record, leak: row.leak_record, seal: row.seal_record },
    sealedAt: row.sealed_at,
  }
}
