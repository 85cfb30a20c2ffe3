import type { Fetch } from '@dengta/sdk'
import type { FastifyInstance } from 'fastify'

/** A `fetch` that calls the routes of this process without a socket: the same code path as over the network. */
export function injectFetch(app: FastifyInstance): Fetch {
  return async (url, init) => {
    const body =
      init.body === undefined || init.body === null
        ? undefined
        : Buffer.from(await new Response(init.body).arrayBuffer())
    const reply = await app.inject({
      method: (init.method ?? 'GET') as 'GET' | 'POST' | 'DELETE',
      url: url.replace(/^https?:\/\/[^/]+/, ''),
      headers: { host: 'localhost', ...(init.headers as Record<string, string>) },
      ...(body ? { payload: body } : {}),
    })
    const headers = Object.entries(reply.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    )
    const empty = reply.statusCode === 204 || reply.statusCode === 304
    return new Response(empty ? null : new Uint8Array(reply.rawPayload), { status: reply.statusCode, headers })
  }
}
