import { type Route, route } from '@dengta/kernel'
import { z } from 'zod'
import { openApiOf } from './openapi.ts'

/** Serves the OpenAPI document of all routes, itself included. */
export function openApiRoute(routes: readonly Route[], version: string): Route {
  const self = route({
    method: 'GET',
    path: '/api/v1/openapi.json',
    allow: 'anyone',
    summary: { en: 'This interface as OpenAPI 3.1', zh: '接口说明（OpenAPI 3.1）' },
    answer: z.record(z.string(), z.unknown()),
    handle: async () => document,
  })
  const document = openApiOf([...routes, self], version)
  return self
}
