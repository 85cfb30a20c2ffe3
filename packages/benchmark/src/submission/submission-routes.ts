import { type Route, route } from '@dengta/kernel'
import { submissionList, submissionView, submitQuery } from '@dengta/sdk'
import { benchmarkParams, signedIn } from '../benchmark/benchmark-routes.ts'
import type { Replayer } from '../evaluation/replay.ts'
import type { SubmissionService } from './submission-service.ts'

/** No benchmark takes more; each names its own limit below this. */
const MAX_MODEL_BYTES = 256 * 1024 * 1024

export function submissionRoutes(service: SubmissionService, replay: Replayer): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/benchmarks/:id/submissions',
      allow: ['developer'],
      summary: { en: 'Hand in a model or predictions', zh: '提交模型或预测结果' },
      params: benchmarkParams,
      query: submitQuery,
      body: 'stream',
      maxBytes: MAX_MODEL_BYTES,
      answer: submissionView,
      status: 202,
      handle: ({ caller, params, query, body }) =>
        service.submit(signedIn(caller), { benchmark: params.id, ...query, body }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/benchmarks/:id/submissions',
      allow: 'anyone',
      summary: { en: 'Submissions to a benchmark', zh: '基准的全部提交' },
      params: benchmarkParams,
      answer: submissionList,
      handle: async ({ params }) => ({ submissions: [...(await service.list(params.id))] }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/submissions/:id',
      allow: 'anyone',
      summary: { en: 'One submission with its score or refusal', zh: '提交详情及其得分或拒绝原因' },
      params: benchmarkParams,
      answer: submissionView,
      handle: ({ params }) => service.view(params.id),
    }),
    route({
      method: 'POST',
      path: '/api/v1/submissions/:id/replay',
      allow: ['auditor', 'owner', 'operator'],
      summary: { en: 'Run a submission again and compare digests', zh: '复现评分并比对摘要' },
      params: benchmarkParams,
      answer: submissionView,
      handle: ({ caller, params }) => replay(signedIn(caller), params.id),
    }),
  ]
}
