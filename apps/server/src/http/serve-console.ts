import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { answerNotFound } from './http-server.ts'

/** Serves the built console at `/`; any path that is no file and no API is a page of it. */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.setNotFoundHandler(answerNotFound)
    return
  }
  await app.register(fastifyStatic, { root: folder, wildcard: false, cacheControl: false, setHeaders: cacheByName })
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !/^\/(api|log)(\/|$)/.test(request.url) &&
      !/\.\w+$/.test(request.url.split('?')[0] ?? '')
    return isPage ? reply.header('cache-control', 'no-store').sendFile('index.html') : answerNotFound(request, reply)
  })
}

/** Built assets carry a hash in their name and never change; the page itself is asked for anew. */
function cacheByName(reply: FastifyReply, path: string): void {
  const immutable = /[/\\]assets[/\\]/.test(path)
  reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-store')
}
