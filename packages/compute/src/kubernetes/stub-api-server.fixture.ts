import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { Refusal, type StubObject, StubObjects } from './stub-api-objects.fixture.ts'

/**
 * A stand-in for an API server, written from the published contract (API concepts: resource versions, 409, watches with bookmarks,
 * 410 Gone, list chunking, 401, 429, merge patches, status as a part of its own). It is no Kubernetes and proves nothing about one.
 */
export async function stubApiServer(tls?: ServerOptions) {
  const objects = new StubObjects()
  const control = { token: 'good', busy: 0, requests: [] as string[], endWatches: () => {} }
  const watches = new Set<ServerResponse>()
  control.endWatches = () => {
    for (const watch of watches) watch.end()
  }
  const handle: RequestListener = (request, response) => {
    void answer(request, response, { objects, control, watches }).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500
      reply(response, status, { kind: 'Status', code: status, message: (error as Error).message })
    })
  }
  const server = tls ? createSecureServer(tls, handle) : createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    objects,
    control,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export type StubServer = Awaited<ReturnType<typeof stubApiServer>>

interface Stub {
  readonly objects: StubObjects
  readonly control: { token: string; busy: number; requests: string[] }
  readonly watches: Set<ServerResponse>
}

async function answer(request: IncomingMessage, response: ServerResponse, stub: Stub): Promise<void> {
  const { objects, control } = stub
  const url = new URL(request.url!, 'http://stub')
  const path = url.pathname
  control.requests.push(`${request.method} ${path}`)
  if (request.headers.authorization !== `Bearer ${control.token}`) throw new Refusal(401, 'Unauthorized')
  if (control.busy > 0) {
    control.busy -= 1
    response.setHeader('retry-after', '0')
    throw new Refusal(429, 'too many requests')
  }
  if (request.method === 'GET' && isCollection(path))
    return url.searchParams.has('watch') ? watch(url, response, stub) : page(url, response, objects)
  if (request.method === 'GET') return reply(response, 200, objects.get(path))
  if (request.method === 'DELETE') {
    objects.remove(path, url.searchParams.get('propagationPolicy') === 'Foreground')
    return reply(response, 200, { kind: 'Status', status: 'Success' })
  }
  const body = (await json(request)) as StubObject
  if (request.method === 'POST')
    return reply(response, 201, objects.create(`${path}/${body.metadata.name}`, { ...body, status: {} }))
  if (request.headers['content-type'] !== 'application/merge-patch+json') throw new Refusal(415, 'unsupported patch')
  const part = path.endsWith('/status') ? 'status' : 'main'
  return reply(response, 200, objects.patch(path.replace(/\/status$/, ''), body, part))
}

/** Paths that end in a plural of a resource that the tests use. */
const isCollection = (path: string): boolean => /\/(jobs|workloads|resourcequotas)$/.test(path)

/** Objects of a collection, in one namespace or in all. */
function inCollection(path: string): RegExp {
  const [, group, namespace, plural] = /^(.*?)(\/namespaces\/[^/]+)?\/([a-z]+)$/.exec(path)!
  return new RegExp(`^${group}${namespace ?? '/namespaces/[^/]+'}/${plural}/[^/]+$`)
}

function page(url: URL, response: ServerResponse, objects: StubObjects): void {
  const [version, from] = (url.searchParams.get('continue') ?? `${objects.version}:0`).split(':').map(Number)
  if (version! < objects.oldest) throw new Refusal(410, 'the provided continue parameter is too old')
  const selector = url.searchParams.get('labelSelector')?.split('=')
  const all = objects
    .list(inCollection(url.pathname))
    .filter(
      ({ metadata }) =>
        !selector || (metadata.labels as Record<string, string> | undefined)?.[selector[0]!] === selector[1],
    )
  const to = from! + Number(url.searchParams.get('limit') ?? all.length)
  const metadata = { resourceVersion: String(version), ...(to < all.length ? { continue: `${version}:${to}` } : {}) }
  reply(response, 200, { kind: 'List', metadata, items: all.slice(from, to) })
}

function watch(url: URL, response: ServerResponse, { objects, watches }: Stub): void {
  const since = Number(url.searchParams.get('resourceVersion'))
  response.writeHead(200, { 'content-type': 'application/json' })
  const send = (event: object) => response.writableEnded || response.write(`${JSON.stringify(event)}\n`)
  if (since < objects.oldest) {
    send({ type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old resource version' } })
    response.end()
    return
  }
  const stop = objects.watch(inCollection(url.pathname), since, ({ type, object }) => send({ type, object }))
  const bookmark = { kind: 'Bookmark', metadata: { resourceVersion: String(objects.version) } }
  send({ type: 'BOOKMARK', object: bookmark })
  watches.add(response)
  response.on('close', () => {
    stop()
    watches.delete(response)
  })
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
