import { ROLES, type Route, route } from '@dengta/kernel'
import { newPlan, planList, planQuery, planView } from '@dengta/sdk'
import { byId, signedIn } from '../day/day-routes.ts'
import type { PlanRunService } from './plan-run-service.ts'

/** Plans: asked for by the operator; what they come to is for everyone who takes part, the file with every job is not. */
export function planRunRoutes(plans: PlanRunService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/compute/plans',
      allow: ['operator'],
      summary: { en: 'Plan a day', zh: '为某日排程' },
      body: newPlan,
      answer: planView,
      status: 202,
      handle: ({ caller, body }) => plans.ask(signedIn(caller), body),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/plans',
      allow: ROLES,
      summary: { en: 'The 500 newest plans', zh: '最新的 500 个计划（新的在前）' },
      query: planQuery,
      answer: planList,
      handle: async ({ query }) => ({ plans: [...(await plans.list(query.day))] }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/plans/:id',
      allow: ROLES,
      summary: { en: 'One plan: progress, or terms and bound', zh: '单个计划：进度，或逐项费用与下界' },
      params: byId,
      answer: planView,
      handle: ({ params }) => plans.view(params.id),
    }),
    route({
      method: 'POST',
      path: '/api/v1/compute/plans/:id/cancel',
      allow: ['operator'],
      summary: { en: 'End the work on a plan', zh: '取消正在进行的排程' },
      params: byId,
      answer: planView,
      handle: ({ params }) => plans.cancel(params.id),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/plans/:id/file',
      allow: ['operator', 'auditor'],
      summary: { en: 'The plan file, to check it offline', zh: '计划文件，可离线核验' },
      params: byId,
      answer: 'raw',
      handle: async ({ params }) => {
        const { run, bytes } = await plans.file(params.id)
        return { mediaType: 'application/json; charset=utf-8', body: bytes, fileName: `${run.id}.json` }
      },
    }),
  ]
}
