import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer } from './adapter.ts'
import { httpAdapter } from './http-adapter.ts'

let server: Server
let port = 0

/** Speaks another protocol from now on, which nobody asked for. */
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/switch') return request.socket.write(SWITCH)
    if (request.url === '/echo') return request.pipe(response)
    const status = Number(request.url?.slice(1))
    response.writeHead(status, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function send(path: string, method = 'POST', content?: string): Promise<Answer> {
  const adapter = httpAdapter({
    hosts: [{ host: '127.0.0.1', port, reach: 'loopback', plaintext: true }],
    maxBytes: 1000,
  })
  const prepared = adapter.prepare({
    command: { type: 'http-api', command: `${method} ${path} HTTP/1.1`, ...(content ? { content } : {}) },
    agent: { type: 'http-api', name: 'EDR', address: { url: [`http://127.0.0.1:${port}`] } },
    authentication: undefined,
    values: new Map(),
    timeoutMs: 2000,
  })
  return adapter.send(prepared, { reveal: async () => '' })
}

test.each([
  [200, 'succeeded'],
  [204, 'succeeded'],
  [301, 'failed'],
  [302, 'unknown'],
  [303, 'unknown'],
  [307, 'failed'],
  [308, 'failed'],
  [404, 'failed'],
  [429, 'failed'],
  [500, 'unknown'],
  [503, 'unknown'],
])('status %i after a POST: %s', async (status, outcome) => {
  expect(await send(`/${status}`)).toMatchObject({ outcome, outputs: { http_status: String(status) } })
})

test('an answer in another protocol is no answer, and nobody waits for one', async () => {
  expect(await send('/switch')).toMatchObject({ outcome: 'unknown', detail: 'the connection ended without an answer' })
})

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s carries its body', async (method) => {
  expect(await send('/echo', method, '{"host":"web-01"}')).toMatchObject({ outputs: { host: 'web-01' } })
})
