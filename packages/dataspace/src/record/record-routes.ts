import { type Route, route } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import { exportFile, recordList, recordQuery, recordView } from '@dengta/sdk'
import { z } from 'zod'
import { bundleRecord, exportRecord, exportScenario, listRecords, showRecord } from './record-service.ts'

const byId = z.object({ id: z.string() })

/** Records are for strangers: anyone may read and check them. */
export function recordRoutes(ledger: Ledger): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/records',
      allow: 'anyone',
      summary: { en: 'Records, in the order of the log', zh: '凭证列表（按日志顺序）' },
      query: recordQuery,
      answer: recordList,
      handle: ({ query }) => listRecords(ledger, query),
    }),
    route({
      method: 'GET',
      path: '/api/v1/records/:id',
      allow: 'anyone',
      summary: { en: 'One record, and what rests on it', zh: '单条凭证及以其为依据的凭证' },
      params: byId,
      answer: recordView,
      handle: ({ params }) => showRecord(ledger, params.id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/records/:id/export',
      allow: 'anyone',
      summary: { en: 'One record to verify offline', zh: '导出单条凭证以供离线验证' },
      params: byId,
      answer: exportFile,
      handle: ({ params }) => exportRecord(ledger, params.id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/records/:id/bundle',
      allow: 'anyone',
      summary: { en: 'One record as a Sigstore bundle', zh: '以 Sigstore bundle 格式导出单条凭证' },
      params: byId,
      answer: 'raw',
      handle: async ({ params: { id } }) => ({
        mediaType: 'application/json; charset=utf-8',
        body: JSON.stringify(await bundleRecord(ledger, id)),
        fileName: `${id}.sigstore.json`,
      }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/scenarios/:id/export',
      allow: 'anyone',
      summary: { en: 'All records of a scenario to verify offline', zh: '导出场景的全部凭证以供离线验证' },
      params: byId,
      answer: exportFile,
      handle: ({ params }) => exportScenario(ledger, params.id),
    }),
  ]
}
