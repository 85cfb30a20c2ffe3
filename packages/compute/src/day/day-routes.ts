import { type Caller, ROLES, type Route, route } from '@dengta/kernel'
import { dayList, dayQuery, dayView as viewSchema } from '@dengta/sdk'
import { z } from 'zod'
import { type Day, dayView } from './day.ts'
import type { DayService } from './day-service.ts'

export const byId = z.object({ id: z.string() })

/** A month of 5,000 jobs a day is about this large. */
const MAX_DAY_BYTES = 32 * 1024 * 1024

/** The server lets nobody without a role pass to a route that asks for one. */
export function signedIn(caller: Caller | undefined): Caller {
  if (!caller) throw new TypeError('a route that asks for a role was reached without a caller')
  return caller
}

export interface DayRouteParts {
  readonly days: DayService
  /** Id of the newest plan of a day that is done. */
  readonly planOf: (day: string) => Promise<string | undefined>
}

/** Days: uploaded by the operator; their summaries are for everyone who takes part. */
export function dayRoutes({ days, planOf }: DayRouteParts): readonly Route[] {
  const view = async (day: Day) => dayView(day, await planOf(day.id))
  return [
    route({
      method: 'POST',
      path: '/api/v1/compute/days',
      allow: ['operator'],
      summary: { en: 'Upload a day: YAML or JSON is the body', zh: '上传排程日：请求体为 YAML 或 JSON' },
      query: dayQuery,
      body: 'stream',
      maxBytes: MAX_DAY_BYTES,
      answer: viewSchema,
      status: 201,
      handle: async ({ caller, query, body }) => view(await days.upload(signedIn(caller), query, body)),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/days',
      allow: ROLES,
      summary: { en: 'All days', zh: '排程日列表' },
      answer: dayList,
      handle: async () => ({ days: await Promise.all((await days.list()).map(view)) }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/compute/days/:id',
      allow: ROLES,
      summary: { en: 'One day', zh: '单个排程日' },
      params: byId,
      answer: viewSchema,
      handle: async ({ params }) => view(await days.get(params.id)),
    }),
  ]
}
