import { type RawReply, type Route, route } from '@dengta/kernel'
import {
  alertDetail,
  alertPage,
  alertQuery,
  closeIncident,
  flowQuery,
  flowView,
  incidentDetail,
  incidentPage,
  incidentQuery,
  reopenIncident,
} from '@dengta/sdk'
import type { AlertDesk } from '../alert/alert-desk.ts'
import type { FindingDesk } from '../alert/finding-desk.ts'
import type { FlowDesk } from '../flow/flow-desk.ts'
import type { IncidentDesk } from '../incident/incident-desk.ts'
import { ACT, byId, LOOK, signedIn } from './route-words.ts'

interface FlowRouteParts {
  readonly flow: FlowDesk
  readonly alerts: AlertDesk
  readonly incidents: IncidentDesk
  readonly findings: FindingDesk
}

const json = (fileName: string, value: unknown): RawReply => ({
  mediaType: 'application/json',
  fileName,
  body: JSON.stringify(value),
})

/** Live flow, alerts and incidents. */
export function flowRoutes({ flow, alerts, incidents, findings }: FlowRouteParts): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/flow', allow: LOOK },
      summary: { en: 'The running flow, with the last seconds', zh: '运行中的数据流及最近各秒' },
      ...{ query: flowQuery, answer: flowView },
      handle: ({ query }) => flow.view(query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/alerts', allow: LOOK },
      summary: { en: 'Alerts, newest first', zh: '告警列表（新的在前）' },
      ...{ query: alertQuery, answer: alertPage },
      handle: ({ query }) => alerts.list(query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/alerts/:id', allow: LOOK },
      summary: { en: 'One alert with its event and the credit of its rule', zh: '单条告警，含事件与规则署名' },
      ...{ params: byId, answer: alertDetail },
      handle: ({ params }) => alerts.get(params.id),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/alerts/:id/ocsf', allow: LOOK },
      summary: { en: 'An alert as OCSF detection finding', zh: '以 OCSF 检测发现格式导出告警' },
      ...{ params: byId, answer: 'raw' as const },
      handle: async ({ params }) => json(`${params.id}.json`, await findings.ofAlert(params.id)),
    }),
    ...incidentRoutes({ incidents, findings }),
  ]
}

function incidentRoutes({ incidents, findings }: Pick<FlowRouteParts, 'incidents' | 'findings'>): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/incidents', allow: LOOK },
      summary: { en: 'Incidents, filtered and in pages', zh: '安全事件列表（筛选与分页）' },
      ...{ query: incidentQuery, answer: incidentPage },
      handle: ({ query }) => incidents.list(query),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/incidents/:id', allow: LOOK },
      summary: {
        en: 'One incident: timeline, entities, techniques, tickets, responses',
        zh: '单个安全事件：时间线、实体、技术、工单与响应',
      },
      ...{ params: byId, answer: incidentDetail },
      handle: ({ params }) => incidents.get(params.id),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/incidents/:id/close', allow: ACT },
      summary: { en: 'Close an incident with a verdict; it goes on record', zh: '给出结论并关闭安全事件，随即存证' },
      ...{ params: byId, body: closeIncident, answer: incidentDetail },
      handle: ({ caller, params, body }) => incidents.close(signedIn(caller), params.id, body),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/incidents/:id/reopen', allow: ACT },
      summary: {
        en: 'Open a closed incident again with a reason, and its ticket with it',
        zh: '说明原因并重开已关闭的安全事件，其工单一并重开',
      },
      ...{ params: byId, body: reopenIncident, answer: incidentDetail },
      handle: ({ caller, params, body }) => incidents.reopen(signedIn(caller), params.id, body),
    }),
    route({
      ...{ method: 'GET', path: '/api/v1/threat/incidents/:id/ocsf', allow: LOOK },
      summary: { en: 'An incident as OCSF incident finding', zh: '以 OCSF 事件发现格式导出安全事件' },
      ...{ params: byId, answer: 'raw' as const },
      handle: async ({ params }) => json(`${params.id}.json`, await findings.ofIncident(params.id)),
    }),
  ]
}
