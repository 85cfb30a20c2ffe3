import { type Route, route } from '@dengta/kernel'
import { auditPage, auditQuery } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { readAudit } from '../audit-trail/read-audit.ts'
import { LOOK } from './route-words.ts'

/** The audit trail, for those who may look. */
export function auditRoutes(store: Store): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/audit', allow: LOOK },
      summary: { en: 'Who did what, newest first', zh: '操作审计（新的在前）' },
      ...{ query: auditQuery, answer: auditPage },
      handle: ({ query }) => readAudit(store, query),
    }),
  ]
}
