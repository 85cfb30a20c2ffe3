import type { Caller } from '@dengta/kernel'
import { type Route, route } from '@dengta/kernel'
import {
  groupDetail,
  groupPage,
  groupQuery,
  newDisposition,
  queuePage,
  queueQuery,
  type RiskView,
  riskQuery,
  riskView,
} from '@dengta/sdk'
import { z } from 'zod'
import type { RiskDesk } from '../triage/risk-desk.ts'
import type { TriageDesk } from '../triage/triage-desk.ts'
import { ACT, byId, LOOK, nothing, signedIn } from './route-words.ts'

interface TriageRouteParts {
  readonly triage: TriageDesk
  readonly risks: RiskDesk
  readonly learn: (caller: Caller) => Promise<RiskView>
  /** The sealed file of a record. */
  readonly batch: (record: string) => Promise<Uint8Array>
}

/** The queue, verdicts, and what is proven. */
export function triageRoutes({ triage, risks, learn, batch }: TriageRouteParts): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/triage/queue', allow: LOOK },
      summary: { en: 'Groups that await people', zh: '等待人员处理的告警组' },
      ...{ query: queueQuery, answer: queuePage },
      handle: ({ caller, query }) => triage.queue(signedIn(caller), query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/triage/groups', allow: LOOK },
      summary: { en: 'All decided groups', zh: '全部已决定的告警组' },
      ...{ query: groupQuery, answer: groupPage },
      handle: ({ query }) => triage.list(query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/triage/groups/:id', allow: LOOK },
      summary: { en: 'One group with its decision and similar cases', zh: '单个告警组，含决定与相似案例' },
      ...{ params: byId, answer: groupDetail },
      handle: ({ params }) => triage.get(params.id),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/triage/groups/:id/disposition', allow: ACT },
      summary: { en: 'Say what a group was', zh: '对告警组给出结论' },
      ...{ params: byId, body: newDisposition, answer: groupDetail },
      handle: ({ caller, params, body }) => triage.judge(signedIn(caller), params.id, withoutUndefined(body)),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/triage/groups/:id/undo', allow: ACT },
      summary: { en: 'Take the newest verdict back', zh: '撤销最近的结论' },
      ...{ params: byId, body: nothing, answer: groupDetail },
      handle: ({ caller, params }) => triage.undo(signedIn(caller), params.id),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/triage/risk', allow: LOOK },
      summary: { en: 'Bounds against what was observed', zh: '风险界限与实际观测' },
      ...{ query: riskQuery, answer: riskView },
      handle: ({ query }) => risks.risk(query),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/triage/learn', allow: ACT },
      summary: { en: 'Learn again from all verdicts', zh: '依据全部结论重新学习' },
      ...{ body: nothing, answer: riskView },
      handle: ({ caller }) => learn(signedIn(caller)),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/triage/batches/:record', allow: LOOK },
      summary: { en: 'The sealed file of a batch of decisions', zh: '一批研判决定的封存文件' },
      ...{ params: z.object({ record: z.string() }), answer: 'raw' as const },
      handle: async ({ params }) => ({
        ...{
          mediaType: 'application/x-ndjson',
          fileName: `decisions-${params.record.slice(0, 12)}.ndjson`,
          immutable: true,
        },
        body: await batch(params.record),
      }),
    }),
  ]
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T
}
