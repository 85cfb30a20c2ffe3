import { type ExportFile, type SigstoreBundle, toSigstoreBundle } from '@dengta/evidence'
import { type Ledger, ledgerErrors } from '@dengta/ledger'
import type { LogView, RecordList, RecordQuery, RecordView } from '@dengta/sdk'
import { dataspaceErrors } from '../errors.ts'
import { computeRecordsOf } from './compute-records.ts'
import { logViewOf, summaryOf, viewOf } from './record-views.ts'

const PAGE = 100

export async function listRecords(ledger: Ledger, query: RecordQuery): Promise<RecordList> {
  const { scenario, kind, from = 0, limit = PAGE } = query
  const filter = { ...(scenario === undefined ? {} : { scenario }), ...(kind === undefined ? {} : { kinds: [kind] }) }
  const found = await ledger.records({ ...filter, from, limit: limit + 1 })
  const next = found[limit]?.index
  const records = found.slice(0, limit).map(summaryOf)
  return next === undefined ? { records } : { records, next }
}

/** Throws `ledger.record_missing`. */
export async function showRecord(ledger: Ledger, id: string): Promise<RecordView> {
  const record = await ledger.find(id)
  if (record === undefined) throw ledgerErrors.record_missing({ id })
  return viewOf(record, await ledger.records({ basis: id }))
}

/** Throws `ledger.record_missing`. */
export function exportRecord(ledger: Ledger, id: string): Promise<ExportFile> {
  return ledger.export(`record ${id}`, [id])
}

/** Throws `ledger.record_missing`. */
export async function bundleRecord(ledger: Ledger, id: string): Promise<SigstoreBundle> {
  return toSigstoreBundle(await exportRecord(ledger, id), id)
}

/** Every record of a scenario, and those of the compute that it used, in the order of the log. Throws `dataspace.no_records`. */
export async function exportScenario(ledger: Ledger, scenario: string): Promise<ExportFile> {
  const own = await ledger.records({ scenario })
  if (own.length === 0) throw dataspaceErrors.no_records({ scenario })
  const records = [...own, ...(await computeRecordsOf(ledger, own))].sort((a, b) => a.index - b.index)
  const ids = [...new Set(records.map((record) => record.id))]
  return ledger.export(`scenario ${scenario}`, ids)
}

export async function describeLog(ledger: Ledger): Promise<LogView> {
  return logViewOf(await ledger.head(), ledger.trust())
}

/** Throws `dataspace.tile_missing`. */
export async function readTile(ledger: Ledger, path: string): Promise<Uint8Array> {
  const tile = await ledger.tile(path)
  if (tile === undefined) throw dataspaceErrors.tile_missing({ path })
  return tile
}
