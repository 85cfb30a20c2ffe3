import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerNotFound } from './http-server.ts'

/** Serves the built console at `/`; any path that is no file and no API is a page of it. It may be built while the server runs. */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await app.register(fastifyStatic, { root: folder, cacheControl: false, setHeaders: cacheByName })
  app.setNotFoundHandler((request, reply) => {
    const built = existsSync(join(folder, 'index.html'))
    if (!built || !isPage(request)) return answerNotFound(request, reply)
    return reply.header('cache-control', 'no-store').sendFile('index.html')
  })
}

function isPage({ method, url }: FastifyRequest): boolean {
  const [path = ''] = url.split('?')
  return method === 'GET' && !/^\/(api|log)(\/|$)/.test(path) && !/\.\w+$/.test(path)
}

/** Built assets carry a hash in their name and never change; the page itself is asked for anew. */
function cacheByName(reply: FastifyReply, path: string): void {
  const immutable = /[/\\]assets[/\\]/.test(path)
  reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-store')
}
