import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApiError } from './api-error.ts'
import { createClient } from './client.ts'

const me = { participant: 'grid-lab', name: '电网实验室', roles: ['developer'] }
const refused = {
  type: 'about:blank',
  title: 'no',
  status: 403,
  code: 'house.forbidden',
  text: { en: 'ask the operator', zh: '请联系运营方' },
  details: { role: 'operator' },
}
const seen: { method: string; url: string; auth: string | undefined; type: string | undefined; body: string }[] = []

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ''
  for await (const chunk of request) body += chunk
  const { authorization: auth, 'content-type': type } = request.headers
  if (request.url === '/api/v1/benchmarks') {
    response.writeHead(200, { 'content-length': '100' }).write('{"benchmarks":')
    setTimeout(() => response.destroy(), 20)
    return
  }
  seen.push({ method: request.method!, url: request.url!, auth, type, body })
  const [status, json] = ANSWERS[request.url!.split('?')[0]!] ?? [502, '<html>bad gateway</html>']
  response.writeHead(status).end(typeof json === 'string' ? json : JSON.stringify(json))
}

const ANSWERS: Readonly<Record<string, readonly [number, unknown]>> = {
  '/api/v1/me': [200, me],
  '/api/v1/participants': [403, refused],
  '/api/v1/log': [200, { origin: 'half an answer' }],
  '/api/v1/records': [200, { records: [] }],
  '/api/v1/tokens/tok%2F1': [204, ''],
  '/api/v1/benchmarks/b/open.csv': [200, 'a,b\n1,2\n'],
}

let server: Server
let baseUrl: string
beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

const failure = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => expect.unreachable('the call should have failed'),
    (error: unknown) => (error instanceof ApiError ? error : expect.unreachable(String(error))),
  )

test('sends the token and parses the answer', async () => {
  expect(await createClient({ baseUrl, token: 'secret' }).getMe()).toEqual(me)
  expect(seen.at(-1)).toMatchObject({ method: 'GET', auth: 'Bearer secret' })
})

test('leaves out what is not asked for, and escapes what is', async () => {
  const client = createClient({ baseUrl })
  await client.listRecords({ scenario: 'a&b', limit: 5, from: undefined })
  expect(seen.at(-1)).toMatchObject({ url: '/api/v1/records?scenario=a%26b&limit=5', auth: undefined })
  await client.revokeToken('tok/1')
  expect(seen.at(-1)).toMatchObject({ method: 'DELETE', url: '/api/v1/tokens/tok%2F1' })
})

test('a problem keeps its status, code, text and details', async () => {
  const error = await failure(createClient({ baseUrl }).listParticipants())
  expect(error.problem).toEqual(refused)
  expect(error.text.zh).toBe('请联系运营方')
})

test('an answer that does not fit, one without a reason, and no answer each have their own code', async () => {
  const client = createClient({ baseUrl })
  expect((await failure(client.getLog())).code).toBe('client.unexpected_answer')
  expect((await failure(client.getHealth())).problem).toMatchObject({ code: 'client.no_problem', status: 502 })
  const nobody = createClient({ baseUrl: 'http://127.0.0.1:1' })
  expect((await failure(nobody.getHealth())).problem).toMatchObject({ code: 'client.unreachable', status: 0 })
})

test.each([
  ['a blob', () => new Blob(['weights'])],
  ['bytes', () => new TextEncoder().encode('weights')],
  ['a stream', () => new Blob(['weights']).stream()],
])('hands %s up unchanged', async (_, body) => {
  await failure(createClient({ baseUrl }).submitModel('b', { name: '岭回归', form: 'linear' }, body()))
  expect(seen.at(-1)).toMatchObject({
    method: 'POST',
    url: `/api/v1/benchmarks/b/submissions?name=${encodeURIComponent('岭回归')}&form=linear`,
    type: 'application/octet-stream',
    body: 'weights',
  })
})

test('a download is handed over unread', async () => {
  const response = await createClient({ baseUrl }).downloadOpenRows('b')
  expect(await response.text()).toBe('a,b\n1,2\n')
})

test('an answer that is cut off is no answer, not one of another version', async () => {
  expect(await failure(createClient({ baseUrl }).listBenchmarks())).toMatchObject({
    code: 'client.unreachable',
    status: 0,
  })
})
