import { ROLES, type Route, route } from '@dengta/kernel'
import { issuedToken } from '@dengta/sdk'
import { z } from 'zod'
import type { TokenService } from './token-service.ts'

const byId = z.object({ id: z.string() })

export function tokenRoutes(service: TokenService): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/participants/:id/tokens',
      allow: ROLES,
      summary: { en: 'Issue a token; its text is shown this once', zh: '签发令牌；令牌原文仅显示这一次' },
      params: byId,
      answer: issuedToken,
      status: 201,
      handle: async ({ caller, params }) => {
        const issued = await service.issue(caller, params.id)
        return { ...issued, expiresAt: issued.expiresAt.toISOString() }
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/tokens/:id',
      allow: ROLES,
      summary: { en: 'Revoke a token', zh: '吊销令牌' },
      params: byId,
      answer: issuedToken.pick({ id: true }),
      handle: async ({ caller, params }) => {
        await service.revoke(caller, params.id)
        return params
      },
    }),
  ]
}
