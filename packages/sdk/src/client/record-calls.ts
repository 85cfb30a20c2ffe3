import { exportFile, trustRoot } from '../api/export.ts'
import { logView } from '../api/house.ts'
import { type RecordQuery, recordList, recordView } from '../api/record.ts'
import { path, type Transport } from './transport.ts'

/** Records, the log they stand in, and whom a verifier has to believe. */
export function recordCalls({ parsed, raw }: Transport) {
  return {
    listRecords: (query: RecordQuery = {}) => parsed({ path: '/records', query }, recordList),
    getRecord: (id: string) => parsed({ path: path('/records/:id', { id }) }, recordView),
    /** One record with its proof, checkpoint and keys. */
    exportRecord: (id: string) => parsed({ path: path('/records/:id/export', { id }) }, exportFile),
    /** Sigstore bundle v0.3, as bytes of JSON. */
    downloadBundle: (id: string) => raw({ path: path('/records/:id/bundle', { id }) }),
    getLog: () => parsed({ path: '/log' }, logView),
    getTrust: () => parsed({ path: '/trust' }, trustRoot),
  }
}
