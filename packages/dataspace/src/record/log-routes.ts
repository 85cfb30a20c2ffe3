import { type Route, route } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import { logView, trustRoot } from '@dengta/sdk'
import { z } from 'zod'
import { describeLog, readTile } from './record-service.ts'

/** The log for people, and for tools of C2SP tlog-tiles under the prefix `/log`. */
export function logRoutes(ledger: Ledger): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/log',
      allow: 'anyone',
      summary: { en: 'The head of the log and its witnesses', zh: '日志头及其见证方' },
      answer: logView,
      handle: () => describeLog(ledger),
    }),
    route({
      method: 'GET',
      path: '/api/v1/trust',
      allow: 'anyone',
      summary: {
        en: 'Whom a verifier believes; compare it by another way',
        zh: '验证所依赖的信任根；请通过其他途径核对',
      },
      answer: trustRoot,
      handle: async () => ledger.trust(),
    }),
    route({
      method: 'GET',
      path: '/log/checkpoint',
      allow: 'anyone',
      summary: { en: 'The newest checkpoint, a signed note', zh: '最新检查点（签名文本）' },
      answer: 'raw',
      handle: async () => ({
        mediaType: 'text/plain; charset=utf-8',
        body: (await ledger.head()).checkpoint,
      }),
    }),
    route({
      method: 'GET',
      path: '/log/tile/*',
      allow: 'anyone',
      summary: { en: 'A tile of the tree or of its entries', zh: '日志树或条目的分块' },
      params: z.object({ '*': z.string() }),
      answer: 'raw',
      handle: async ({ params }) => ({
        mediaType: 'application/octet-stream',
        body: await readTile(ledger, `tile/${params['*']}`),
        immutable: true,
      }),
    }),
  ]
}
