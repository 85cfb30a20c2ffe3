import { Readable } from 'node:stream'
import type { RawReply, Route } from '@dengta/kernel'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { ZodType } from 'zod'
import { type Authenticate, authorize } from './authorize.ts'
import { guardHost, SAFETY_HEADERS } from './guard-host.ts'
import { httpErrors } from './http-errors.ts'
import { limitStream } from './limit-stream.ts'
import { normalise, problemOf } from './problem.ts'
import { readInput } from './read-input.ts'

const JSON_LIMIT = 1 << 20

export interface HttpServerOptions {
  readonly routes: readonly Route[]
  readonly authenticate: Authenticate
  readonly logger: FastifyBaseLogger
  /** Host names that may be asked for; anything else is a rebinding attempt. */
  readonly hosts: readonly string[]
}

/** HTTP in, service call, HTTP out. Every route passes its permission check before its body is read. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.logger,
    bodyLimit: JSON_LIMIT,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => {
      reply.headers(SAFETY_HEADERS)
      answerProblem(error, request, reply)
    },
  })
  app.addHook('onRequest', guardHost(options.hosts))
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply))
  const byBody = (streams: boolean) => options.routes.filter((route) => (route.body === 'stream') === streams)
  await app.register(async (scope) => addRoutes(scope, byBody(false), options.authenticate))
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    addRoutes(scope, byBody(true), options.authenticate)
  })
  return app
}

/** For paths that no route takes. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = httpErrors.no_such_route({ method: request.method, path: request.url.split('?')[0] ?? '' })
  return answerProblem(error, request, reply)
}

function addRoutes(scope: FastifyInstance, routes: readonly Route[], authenticate: Authenticate): void {
  for (const route of routes) {
    scope.route({
      method: route.method,
      url: route.path,
      ...(route.maxBytes ? { bodyLimit: route.maxBytes } : {}),
      onRequest: async (request) => {
        const actAs = request.headers['dengta-act-as']
        const credentials = {
          authorization: request.headers.authorization,
          actAs: typeof actAs === 'string' ? actAs : undefined,
        }
        callers.set(request, await authorize(route, credentials, authenticate))
      },
      handler: async (request, reply) => {
        const input = readInput(route, { params: request.params, query: request.query, body: bodyOf(route, request) })
        const answer = await route.handle({ caller: callers.get(request), ...input })
        return sendAnswer(route, answer, reply)
      },
    })
  }
}

function bodyOf(route: Route, request: FastifyRequest): unknown {
  if (route.body !== 'stream') return request.body
  const payload = (request.body ?? Readable.from([])) as Readable
  return limitStream(payload, request.headers['content-length'], route.maxBytes)
}

const callers = new WeakMap<FastifyRequest, Awaited<ReturnType<typeof authorize>>>()

function sendAnswer(route: Route, answer: unknown, reply: FastifyReply): FastifyReply {
  if (route.answer === 'raw') return sendRaw(answer as RawReply, reply)
  const shown = (route.answer as ZodType).parse(answer)
  return reply
    .status(route.status ?? 200)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(shown))
}

function sendRaw(answer: RawReply, reply: FastifyReply): FastifyReply {
  reply
    .type(answer.mediaType)
    .header('cache-control', answer.immutable ? 'public, max-age=31536000, immutable' : 'no-store')
  if (answer.fileName)
    reply.header('content-disposition', `attachment; filename="${answer.fileName.replace(/[^\w.-]/g, '_')}"`)
  const { body } = answer
  if (typeof body === 'string') return reply.send(body)
  return reply.send(body instanceof Uint8Array ? Buffer.from(body) : Readable.from(body))
}

function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = normalise(thrown, request.routeOptions.bodyLimit ?? JSON_LIMIT)
  const problem = problemOf(error)
  if (problem.status >= 500) request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed')
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}
