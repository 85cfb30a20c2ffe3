import { type Route, route } from '@dengta/kernel'
import { decideGate, gateList, gateView } from '@dengta/sdk'
import { z } from 'zod'
import { signedIn } from '../scenario/scenario-routes.ts'
import type { GateService } from './gate-service.ts'

const params = z.object({ id: z.string() })
const path = '/api/v1/scenarios/:id/gates'

export function gateRoutes(gates: GateService): readonly Route[] {
  return [
    route({
      method: 'GET',
      path,
      allow: 'anyone',
      summary: { en: 'The gates of a scenario, now or at a past moment', zh: '场景的关口：当前或过去某一时刻' },
      params,
      query: z.object({ at: z.iso.datetime({ offset: true }).optional() }),
      answer: gateList,
      handle: async ({ params, query }) => ({
        gates: [...(await gates.gates(params.id, query.at === undefined ? undefined : new Date(query.at)))],
      }),
    }),
    route({
      method: 'POST',
      path,
      allow: ['owner', 'auditor', 'operator'],
      summary: { en: 'Ask for a signed decision', zh: '申请签名判定' },
      params,
      body: decideGate,
      answer: gateView,
      status: 201,
      handle: ({ caller, params, body }) => gates.decide(signedIn(caller), params.id, body),
    }),
  ]
}
