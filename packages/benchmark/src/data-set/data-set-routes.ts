import { ROLES, type Route, route } from '@dengta/kernel'
import { qualityReport, sealAnswer, sealQuery } from '@dengta/sdk'
import { benchmarkParams, signedIn } from '../benchmark/benchmark-routes.ts'
import type { PartDownload } from './part-download.ts'
import type { SealService } from './seal-service.ts'

export interface DataSetRouteParts {
  readonly seals: SealService
  readonly downloads: PartDownload
  /** Largest file that may be handed in, in bytes. */
  readonly maxBytes: number
}

export function dataSetRoutes({ seals, downloads, maxBytes }: DataSetRouteParts): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/benchmarks/:id/data',
      allow: ['owner'],
      summary: { en: 'Seal a data set: the CSV is the body', zh: '封存数据集：请求体为 CSV' },
      params: benchmarkParams,
      query: sealQuery,
      body: 'stream',
      maxBytes,
      answer: sealAnswer,
      handle: ({ caller, params, query, body }) =>
        seals.seal(signedIn(caller), { ...query, benchmark: params.id, csv: body }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/benchmarks/:id/quality',
      allow: ['owner'],
      summary: { en: 'Quality report of the newest file, for its owner', zh: '最新数据文件的质量报告（仅所有者）' },
      params: benchmarkParams,
      answer: qualityReport,
      handle: ({ caller, params }) => seals.quality(signedIn(caller), params.id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/benchmarks/:id/open.csv',
      allow: ROLES,
      summary: { en: 'The open rows', zh: '公开数据' },
      params: benchmarkParams,
      answer: 'raw',
      handle: ({ params }) => downloads.openRows(params.id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/benchmarks/:id/hidden-features.csv',
      allow: ROLES,
      summary: {
        en: 'Features of the hidden rows, where predictions are allowed',
        zh: '隐藏行的特征（仅限可提交预测值的基准）',
      },
      params: benchmarkParams,
      answer: 'raw',
      handle: ({ params }) => downloads.hiddenFeatures(params.id),
    }),
  ]
}
