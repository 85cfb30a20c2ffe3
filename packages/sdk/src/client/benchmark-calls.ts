import {
  benchmarkList,
  benchmarkView,
  boardView,
  type NewBenchmark,
  qualityReport,
  type SealQuery,
  sealAnswer,
} from '../api/benchmark.ts'
import { path, type Transport, type UploadBody } from './transport.ts'

/** Benchmarks: their definition, their sealed data, their board. */
export function benchmarkCalls({ parsed, raw }: Transport) {
  return {
    listBenchmarks: () => parsed({ path: '/benchmarks' }, benchmarkList).then((list) => list.benchmarks),
    getBenchmark: (id: string) => parsed({ path: path('/benchmarks/:id', { id }) }, benchmarkView),
    defineBenchmark: (json: NewBenchmark) => parsed({ method: 'POST', path: '/benchmarks', json }, benchmarkView),
    /** `upload` is the CSV with all rows; the hidden part never leaves the server again. A faulty file is `refused`, with its report. */
    sealData: (id: string, query: SealQuery, upload: UploadBody) =>
      parsed({ method: 'POST', path: path('/benchmarks/:id/data', { id }), query, upload }, sealAnswer),
    /** Faults by row and column; for the owner of the data only. */
    getQualityReport: (id: string) => parsed({ path: path('/benchmarks/:id/quality', { id }) }, qualityReport),
    /** The open rows as CSV, unread: stream them to where they belong. */
    downloadOpenRows: (id: string) => raw({ path: path('/benchmarks/:id/open.csv', { id }) }),
    /** The features of the hidden rows as CSV, unread; only where the benchmark lets them out. */
    downloadHiddenFeatures: (id: string) => raw({ path: path('/benchmarks/:id/hidden-features.csv', { id }) }),
    getBoard: (id: string) => parsed({ path: path('/benchmarks/:id/board', { id }) }, boardView),
  }
}
