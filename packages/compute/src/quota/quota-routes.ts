import { ROLES, type Route, route } from '@dengta/kernel'
import { newQuota, quotaList, quotaView } from '@dengta/sdk'
import { signedIn } from '../day/day-routes.ts'
import type { QuotaService } from './quota-service.ts'

/** Public compute: granted by the operator; everyone sees their own account. */
export function quotaRoutes(quotas: QuotaService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/compute/quotas',
      allow: ['operator'],
      summary: { en: 'Grant public compute to a participant', zh: '为参与方授予公共算力配额' },
      body: newQuota,
      answer: quotaView,
      status: 201,
      handle: ({ body }) => quotas.grant(body),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/quotas',
      allow: ROLES,
      summary: { en: 'Quotas, held and used: your own, or all', zh: '配额及占用、已用情况：本方或全部' },
      answer: quotaList,
      handle: async ({ caller }) => ({ quotas: [...(await quotas.list(signedIn(caller)))] }),
    }),
  ]
}
