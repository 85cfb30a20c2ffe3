import { type Route, route } from '@dengta/kernel'
import {
  deliveryList,
  deliveryQuery,
  deliveryView,
  handOverView,
  newTicket,
  newWebhook,
  shiftQuery,
  ticketAction,
  ticketBoard,
  ticketList,
  ticketQuery,
  ticketTimesView,
  ticketView,
  webhookList,
  webhookView,
} from '@dengta/sdk'
import type { TicketDesk } from '../ticket/ticket-desk.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { ACT, byId, LOOK, nothing, signedIn } from './route-words.ts'

/** Tickets and hand-over. */
export function ticketRoutes(tickets: TicketDesk): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/tickets', allow: LOOK },
      summary: { en: 'Tickets, the latest changed first', zh: '工单列表（最近变更在前）' },
      ...{ query: ticketQuery, answer: ticketList },
      handle: ({ query }) => tickets.list(query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/ticket-board', allow: LOOK },
      summary: {
        en: 'How many tickets each step has, and those changed last',
        zh: '各阶段工单数及最近变更的工单',
      },
      answer: ticketBoard,
      handle: () => tickets.board(),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/tickets', allow: ACT },
      summary: { en: 'Open a ticket by hand', zh: '手工新建工单' },
      ...{ body: newTicket, answer: ticketView, status: 201 },
      handle: ({ caller, body }) => tickets.open(signedIn(caller), body),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/tickets/:id', allow: LOOK },
      summary: { en: 'One ticket', zh: '单个工单' },
      ...{ params: byId, answer: ticketView },
      handle: ({ params }) => tickets.get(params.id),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/tickets/:id/actions', allow: ACT },
      summary: { en: 'Move a ticket on, or write to it', zh: '推进工单或添加备注' },
      ...{ params: byId, body: ticketAction, answer: ticketView },
      handle: ({ caller, params, body }) => tickets.act(signedIn(caller), params.id, body),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/ticket-times', allow: LOOK },
      summary: {
        en: 'Times of stages; modelled minutes apart from measured time',
        zh: '各阶段时长；人工时间为模型估算，与实测机器时间分列',
      },
      answer: ticketTimesView,
      handle: () => tickets.times(),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/hand-over', allow: LOOK },
      summary: { en: 'Hand-over report of a shift', zh: '交接班报告' },
      ...{ query: shiftQuery, answer: handOverView },
      handle: ({ query }) => tickets.handOver(query),
    }),
  ]
}

/** Where findings are told, and what has not arrived. */
export function webhookRoutes(webhooks: WebhookDesk): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/webhooks', allow: LOOK },
      summary: { en: 'Endpoints of webhooks', zh: 'Webhook 推送地址' },
      answer: webhookList,
      handle: async () => ({ endpoints: [...(await webhooks.list())] }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/webhooks', allow: ACT },
      summary: { en: 'Add an endpoint', zh: '新增推送地址' },
      ...{ body: newWebhook, answer: webhookView, status: 201 },
      handle: ({ caller, body }) => webhooks.add(signedIn(caller), body),
    }),
    route({
      ...{ method: 'DELETE', path: '/api/v1/threat/webhooks/:id', allow: ACT },
      summary: { en: 'Remove an endpoint', zh: '移除推送地址' },
      ...{ params: byId, answer: webhookList },
      handle: async ({ caller, params }) => ({ endpoints: [...(await webhooks.remove(signedIn(caller), params.id))] }),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/deliveries', allow: LOOK },
      summary: {
        en: 'Deliveries, newest first; dead ones by `state`',
        zh: '投递列表（新的在前）；可按 state 查看失败项',
      },
      ...{ query: deliveryQuery, answer: deliveryList },
      handle: async ({ query }) => ({ deliveries: [...(await webhooks.deliveries(query))] }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/deliveries/:id/revive', allow: ACT },
      summary: { en: 'Put a dead delivery back', zh: '重新投递失败项' },
      ...{ params: byId, body: nothing, answer: deliveryView },
      handle: ({ caller, params }) => webhooks.revive(signedIn(caller), params.id),
    }),
  ]
}
