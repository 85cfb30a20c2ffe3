import { ROLES, type Route, route } from '@dengta/kernel'
import {
  gridEventList,
  gridRequest,
  newGridEvent,
  rehearsal,
  settlementQuery,
  settlementTrial,
  gridEventView as viewSchema,
} from '@dengta/sdk'
import { byId, signedIn } from '../day/day-routes.ts'
import { gridEventView } from './grid-event.ts'
import type { GridEventService } from './grid-event-service.ts'

/** Two months of minutes of thirty sites. */
const MAX_METER_BYTES = 128 * 1024 * 1024

/** Grid events: anyone who takes part may rehearse, the operator announces. */
export function gridEventRoutes(events: GridEventService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/compute/plans/:id/rehearsals',
      allow: ROLES,
      summary: { en: 'What a grid event would do, without effect', zh: '预演电网响应事件，不产生实际影响' },
      params: byId,
      body: gridRequest,
      answer: rehearsal,
      handle: ({ caller, params, body }) => events.rehearse(signedIn(caller), params.id, body),
    }),
    route({
      method: 'POST',
      path: '/api/v1/compute/events',
      allow: ['operator'],
      summary: { en: 'Announce a grid event', zh: '发布电网响应事件' },
      body: newGridEvent,
      answer: viewSchema,
      status: 201,
      handle: async ({ caller, body: { plan, ...request } }) =>
        gridEventView(await events.announce(signedIn(caller), plan, request)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/compute/events/:id/settlement',
      allow: ['operator'],
      summary: { en: 'Settle an event from its meters: CSV is the body', zh: '依据表计数据结算事件：请求体为 CSV' },
      params: byId,
      query: settlementQuery,
      body: 'stream',
      maxBytes: MAX_METER_BYTES,
      answer: viewSchema,
      handle: async ({ params, query, body }) => gridEventView(await events.settle(params.id, query, body)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/compute/events/:id/settlement/estimate',
      allow: ['operator'],
      summary: {
        en: 'Settle an event for the jobs that this house runs, by their ordered power: an estimate',
        zh: '按下达功率估算本平台作业的响应量并结算事件',
      },
      params: byId,
      query: settlementQuery,
      answer: viewSchema,
      handle: async ({ params, query }) => gridEventView(await events.settleFromEngine(params.id, query)),
    }),
    ...trialRoutes(events),
    route({
      method: 'GET',
      path: '/api/v1/compute/events',
      allow: ROLES,
      summary: { en: 'Grid events, newest first', zh: '电网响应事件列表（新的在前）' },
      answer: gridEventList,
      handle: async () => ({ events: (await events.list()).map(gridEventView) }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/events/:id',
      allow: ROLES,
      summary: { en: 'One grid event', zh: '单个电网响应事件' },
      params: byId,
      answer: viewSchema,
      handle: async ({ params }) => gridEventView(await events.get(params.id)),
    }),
  ]
}

/** Settling without effect: nothing is kept, nothing goes on record. */
function trialRoutes(events: GridEventService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/compute/events/:id/settlement/trial',
      allow: ['operator'],
      summary: {
        en: 'What settling from these meters would say, without effect',
        zh: '试算表计结算结果，不产生实际影响',
      },
      params: byId,
      query: settlementQuery,
      body: 'stream',
      maxBytes: MAX_METER_BYTES,
      answer: settlementTrial,
      handle: ({ params, query, body }) => events.trySettle(params.id, query, body),
    }),
    route({
      method: 'POST',
      path: '/api/v1/compute/events/:id/settlement/estimate/trial',
      allow: ['operator'],
      summary: {
        en: 'What settling by ordered power would say, without effect',
        zh: '试算按下达功率的结算结果，不产生实际影响',
      },
      params: byId,
      query: settlementQuery,
      answer: settlementTrial,
      handle: ({ params, query }) => events.tryFromEngine(params.id, query),
    }),
  ]
}
