import type { FastifyReply, FastifyRequest } from 'fastify'
import { httpErrors } from './http-errors.ts'

const CONTENT_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** On every answer, errors included. */
export const SAFETY_HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** Answers only for its own names, so that a page elsewhere cannot reach a loopback server by DNS rebinding. */
export function guardHost(hosts: readonly string[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers(SAFETY_HEADERS)
    const name = request.host.replace(/:\d+$/, '').toLowerCase()
    if (!hosts.includes(name)) throw httpErrors.wrong_host({ host: name })
  }
}
