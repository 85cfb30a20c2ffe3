import { type Caller, defineErrors, type Route, route } from '@dengta/kernel'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createHttpServer } from './http-server.ts'
import { normalise } from './problem.ts'

const errors = defineErrors('sample', { broken: { kind: 'conflict', en: 'broken {what}', zh: '{what} 坏了' } })
const developer: Caller = { participant: 'vendor-a', name: 'Vendor A', roles: ['developer'] }
const reads: string[] = []
const word = z.object({ word: z.string().max(5) })

const routes: Route[] = [
  route({
    method: 'GET',
    path: '/open',
    allow: 'anyone',
    summary: { en: 'a', zh: 'a' },
    answer: word,
    handle: async () => ({ word: 'hi', secret: 'x' }),
  }),
  route({
    method: 'POST',
    path: '/owned',
    allow: ['owner'],
    summary: { en: 'a', zh: 'a' },
    body: word,
    answer: word,
    handle: async ({ body }) => {
      reads.push(body.word)
      return body
    },
  }),
  route({
    method: 'POST',
    path: '/echo',
    allow: ['developer'],
    summary: { en: 'a', zh: 'a' },
    body: word,
    answer: word,
    handle: async ({ body }) => body,
  }),
  route({
    method: 'POST',
    path: '/bytes/:id',
    allow: ['developer'],
    summary: { en: 'a', zh: 'a' },
    params: z.object({ id: z.string() }),
    body: 'stream',
    maxBytes: 1000,
    answer: z.object({ id: z.string(), size: z.number(), caller: z.string() }),
    handle: async ({ params, body, caller }) => {
      let size = 0
      for await (const chunk of body) size += chunk.length
      return { id: params.id, size, caller: caller?.participant ?? '' }
    },
  }),
  route({
    method: 'GET',
    path: '/raw',
    allow: 'anyone',
    summary: { en: 'a', zh: 'a' },
    answer: 'raw',
    handle: async () => ({ mediaType: 'text/plain', body: 'plain', fileName: 'a b.txt' }),
  }),
  route({
    method: 'GET',
    path: '/broken',
    allow: 'anyone',
    summary: { en: 'a', zh: 'a' },
    answer: word,
    handle: async () => {
      throw errors.broken({ what: 'cup' })
    },
  }),
  route({
    method: 'GET',
    path: '/crash',
    allow: 'anyone',
    summary: { en: 'a', zh: 'a' },
    answer: word,
    handle: async () => {
      throw new Error('hidden value 81.952')
    },
  }),
]

describe('the HTTP edge', () => {
  const logged: string[] = []
  let app: Awaited<ReturnType<typeof createHttpServer>>
  beforeAll(async () => {
    app = await createHttpServer({
      routes,
      hosts: ['localhost'],
      logger: pino(
        {},
        {
          write: (line: string) => {
            logged.push(line)
          },
        },
      ),
      authenticate: async (token) => (token === 'dgt_abcdefghijklmnop' ? developer : undefined),
    })
  })
  afterAll(() => app.close())
  const token = { authorization: 'Bearer dgt_abcdefghijklmnop' }
  const code = (reply: { json(): { code: string } }) => reply.json().code

  test('an answer holds only what its schema names', async () => {
    const reply = await app.inject('/open')
    expect(reply.json()).toEqual({ word: 'hi' })
    expect(reply.headers['content-security-policy']).toContain("default-src 'self'")
  })

  test('permission is checked before the body is read', async () => {
    const refused = await app.inject({ method: 'POST', url: '/owned', payload: { word: 'no' }, headers: token })
    expect([refused.statusCode, code(refused)]).toEqual([403, 'http.role_needed'])
    const anonymous = await app.inject({
      method: 'POST',
      url: '/owned',
      payload: '{{{',
      headers: { 'content-type': 'application/json' },
    })
    expect([anonymous.statusCode, code(anonymous)]).toEqual([401, 'http.missing_token'])
    expect(reads).toEqual([])
  })

  test.each([
    ['dgt_wrongwrongwrong', 401, 'http.wrong_token'],
    ['../../etc', 401, 'http.wrong_token'],
  ])('token %s is refused', async (value, status, expected) => {
    const reply = await app.inject({ url: '/open', headers: { authorization: `Bearer ${value}` } })
    expect([reply.statusCode, code(reply)]).toEqual([status, expected])
  })

  test.each([
    ['{"word":"much too long"}', 'application/json', 400, 'http.invalid_input'],
    ['{"word":"a\\u0000"}', 'application/json', 400, 'http.unseen_character'],
    ['{"word":"\\u202ea"}', 'application/json', 400, 'http.unseen_character'],
    ['{"word":', 'application/json', 400, 'http.malformed_json'],
    ['', 'application/json', 400, 'http.malformed_json'],
    ['a=b', 'application/x-www-form-urlencoded', 400, 'http.wrong_media_type'],
    [JSON.stringify({ word: 'x'.repeat(2_000_000) }), 'application/json', 413, 'http.body_too_large'],
  ])('body %# is answered with one clear error', async (payload, type, status, expected) => {
    const reply = await app.inject({
      method: 'POST',
      url: '/echo',
      payload,
      headers: { ...token, 'content-type': type },
    })
    expect([reply.statusCode, code(reply), reply.headers['content-type']]).toEqual([
      status,
      expected,
      'application/problem+json; charset=utf-8',
    ])
    expect(reply.json().text.zh).toMatch(/[\u4e00-\u9fff]/)
  })

  test('what a schema has against a body is told in both languages', async () => {
    const reply = await app.inject({ method: 'POST', url: '/echo', payload: { word: 'much too long' }, headers: token })
    expect(reply.json().text).toMatchObject({
      en: expect.stringMatching(/^body word: Too big/),
      zh: expect.stringMatching(/^body word：数值过大/),
    })
  })

  test('a stream arrives whole whatever its media type, and not beyond its limit', async () => {
    const send = (payload: Buffer, type: string) =>
      app.inject({ method: 'POST', url: '/bytes/m1', payload, headers: { ...token, 'content-type': type } })
    expect((await send(Buffer.alloc(900), 'application/json')).json()).toEqual({
      id: 'm1',
      size: 900,
      caller: 'vendor-a',
    })
    expect(code(await send(Buffer.alloc(1001), 'application/octet-stream'))).toBe('http.body_too_large')
  })

  test.each([
    ['/bytes/%00', 400, 'http.unseen_character'],
    ['/bytes/%E0%A4%A', 400, 'http.malformed_path'],
    [`/bytes/${'a'.repeat(500)}`, 400, 'http.malformed_path'],
  ])('path %# is answered with one clear error', async (url, status, expected) => {
    const reply = await app.inject({ method: 'POST', url, headers: token })
    expect([reply.statusCode, code(reply), reply.headers['x-content-type-options']]).toEqual([
      status,
      expected,
      'nosniff',
    ])
  })

  test('an unexpected failure keeps its cause out of the answer', async () => {
    const reply = await app.inject('/crash')
    expect([reply.statusCode, code(reply)]).toEqual([500, 'house.unexpected'])
    expect(reply.body).not.toContain('81.952')
    expect(logged.join('')).toContain('request failed')
  })

  test.each([
    ['a file', { code: 'ENOSPC' }],
    ['the database', { code: '53100' }],
  ])('a full disk is said as such: %s', (_, code) => {
    const full = new Error('could not be written', { cause: Object.assign(new Error('full'), code) })
    expect(normalise(full, 0)).toMatchObject({ code: 'http.disk_full', kind: 'unavailable' })
  })

  test('known failures, raw answers and foreign hosts', async () => {
    expect((await app.inject('/broken')).json()).toMatchObject({
      status: 409,
      code: 'sample.broken',
      title: 'broken cup',
      details: { what: 'cup' },
    })
    expect((await app.inject('/raw')).headers['content-disposition']).toBe('attachment; filename="a_b.txt"')
    expect(code(await app.inject({ url: '/open', headers: { host: 'evil.example:80' } }))).toBe('http.wrong_host')
  })
})
