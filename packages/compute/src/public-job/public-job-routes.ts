import { ROLES, type Route, route } from '@dengta/kernel'
import { computeJobList, computeJobView, newComputeJob } from '@dengta/sdk'
import { byId, signedIn } from '../day/day-routes.ts'
import type { PublicJobService } from './public-job-service.ts'

/** Jobs of public compute: asked for by whoever holds a quota, seen by their own participant. */
export function publicJobRoutes(jobs: PublicJobService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/compute/jobs',
      allow: ['developer', 'owner'],
      summary: { en: 'Ask for compute within your quota', zh: '在配额内申请算力' },
      body: newComputeJob,
      answer: computeJobView,
      status: 201,
      handle: ({ caller, body }) => jobs.ask(signedIn(caller), body),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/jobs',
      allow: ROLES,
      summary: { en: 'Jobs, newest first: your own, or all', zh: '作业列表（新的在前）：本方或全部' },
      answer: computeJobList,
      handle: async ({ caller }) => ({ jobs: [...(await jobs.list(signedIn(caller)))] }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/jobs/:id',
      allow: ROLES,
      summary: { en: 'One job: where it stands and why', zh: '单个作业：状态及原因' },
      params: byId,
      answer: computeJobView,
      handle: ({ caller, params }) => jobs.view(signedIn(caller), params.id),
    }),
    route({
      method: 'POST',
      path: '/api/v1/compute/jobs/:id/cancel',
      allow: ['developer', 'owner', 'operator'],
      summary: { en: 'Cancel a job; a running one is ended by its engine', zh: '取消作业；运行中的作业由执行引擎结束' },
      params: byId,
      answer: computeJobView,
      handle: ({ caller, params }) => jobs.cancel(signedIn(caller), params.id),
    }),
  ]
}
