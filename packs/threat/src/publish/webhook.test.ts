import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fixedClock } from '@dengta/kernel'
import { afterEach, expect, test } from 'vitest'
import { afterAttempt, STANDARD_RETRY } from './delivery.ts'
import { memoryOutboxStore } from './memory-outbox-store.fixture.ts'
import { outboxStoreContract } from './outbox-store.contract.ts'
import { type DispatchParts, deliveriesOf, dispatchDue } from './webhook-dispatcher.ts'
import { signWebhook, verifyWebhook, type WebhookHeaders } from './webhook-signature.ts'

outboxStoreContract('memory', async () => memoryOutboxStore())

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** The example that the specification of Standard Webhooks and its libraries publish. */
test('signs as the published example', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }
  const headers = signWebhook(message, [SECRET], 'x')
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  expect(() => verifyWebhook(headers, message.body, SECRET, 1614265600)).not.toThrow()
  expect(() => verifyWebhook(headers, `${message.body} `, SECRET, 1614265330)).toThrow('no signature of it holds')
  expect(() => verifyWebhook(headers, message.body, SECRET, 1614265631)).toThrow('five minutes')
  expect(() => verifyWebhook({ ...headers, 'webhook-id': 'msg_other' }, message.body, SECRET, 1614265330)).toThrow(
    'no signature',
  )
  const both = signWebhook(message, [`whsec_${btoa('k'.repeat(32))}`, SECRET], 'x')
  expect(() => verifyWebhook(both, message.body, SECRET, 1614265330)).not.toThrow()
})

test.each(['secret', 'whsec_', `whsec_${btoa('short')}`])('refuses the secret %s without showing it', (secret) => {
  const sign = () => signWebhook({ id: 'a', timestamp: 1, body: '' }, [secret], 'soc')
  expect(sign).toThrow('the webhook soc is not of the form')
})

type Reply = (request: IncomingMessage, body: string) => readonly [status: number, headers?: Record<string, string>]

async function setUp(reply: Reply, change: Partial<DispatchParts> = {}) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      const [status, headers] = reply(request, body)
      response.writeHead(status, headers).end()
    })
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const clock = fixedClock('2026-11-22T08:00:00.000Z')
  const parts: DispatchParts = {
    ...{
      outbox: memoryOutboxStore(),
      clock,
      random: () => 0.5,
      retry: { ...STANDARD_RETRY, attempts: 3 },
      timeoutMs: 2000,
    },
    endpoints: [{ id: 'soc', url: `http://127.0.0.1:${port}/in`, secrets: ['soc-key'] }],
    secrets: { reveal: async () => SECRET },
    guard: { hosts: [{ host: '127.0.0.1', port, reach: 'loopback', plaintext: true }], maxBytes: 1000 },
    ...change,
  }
  const event = { id: 'i-1:create', type: 'incident.created', at: clock.now(), data: { title: '事件' } }
  for (const delivery of [...deliveriesOf(event, parts.endpoints), ...deliveriesOf(event, parts.endpoints)]) {
    await parts.outbox.add(delivery)
  }
  return { parts, clock, port }
}

test('delivers once, signed; what is delivered is not sent again', async () => {
  const seen: [WebhookHeaders, string][] = []
  const { parts, clock } = await setUp((request, body) => {
    seen.push([request.headers as unknown as WebhookHeaders, body])
    return [204]
  })
  expect(await dispatchDue(parts, 10)).toEqual({ delivered: 1, later: 0, dead: 0 })
  expect(await dispatchDue(parts, 10)).toEqual({ delivered: 0, later: 0, dead: 0 })
  const [headers, body] = seen[0] as (typeof seen)[0]
  expect(() => verifyWebhook(headers, body, SECRET, clock.now().getTime() / 1000)).not.toThrow()
  expect(JSON.parse(body)).toEqual({
    type: 'incident.created',
    timestamp: '2026-11-22T08:00:00.000Z',
    data: { title: '事件' },
  })
})

test('tries again later under the same id, and gives up after the last attempt', async () => {
  const ids: unknown[] = []
  const { parts, clock } = await setUp((request) => {
    ids.push(request.headers['webhook-id'])
    return [503]
  })
  for (let round = 0; round < 5; round += 1) {
    await dispatchDue(parts, 10)
    clock.advance(3_600_000)
  }
  expect([ids.length, new Set(ids).size]).toEqual([3, 1])
  expect(await parts.outbox.dead(9)).toMatchObject([{ attempts: 3, lastProblem: 'HTTP 503' }])
})

test('a redirect is not followed: the inside of the house is not reached through an outer host', async () => {
  let inner = 0
  const { parts } = await setUp((request) => {
    if (request.url !== '/in') inner += 1
    return [302, { location: '/secret' }]
  })
  expect(await dispatchDue(parts, 10)).toEqual({ delivered: 0, later: 1, dead: 0 })
  expect(inner).toBe(0)
})

test('410 ends it at once, and Retry-After is kept to', async () => {
  const gone = await setUp(() => [410])
  expect(await dispatchDue(gone.parts, 10)).toEqual({ delivered: 0, later: 0, dead: 1 })
  const busy = await setUp(() => [429, { 'retry-after': '600' }])
  await dispatchDue(busy.parts, 10)
  busy.clock.advance(599_000)
  expect(await dispatchDue(busy.parts, 10)).toEqual({ delivered: 0, later: 0, dead: 0 })
  busy.clock.advance(2_000)
  expect(await dispatchDue(busy.parts, 10)).toEqual({ delivered: 0, later: 1, dead: 0 })
})

test('where one endpoint cannot be written down, the dispatch still ends only when the others have', async () => {
  const { parts, clock } = await setUp(() => [204])
  const [known] = parts.endpoints
  const other = { ...(known as NonNullable<typeof known>), id: 'other' }
  const event = { id: 'i-2:create', type: 'incident.created', at: clock.now(), data: {} }
  for (const delivery of deliveriesOf(event, [other])) await parts.outbox.add(delivery)
  const update: DispatchParts['outbox']['update'] = async (delivery) => {
    if (delivery.endpoint === 'soc') throw new Error('the disk is full')
    await parts.outbox.update(delivery)
  }
  const dispatch = dispatchDue(
    { ...parts, endpoints: [...parts.endpoints, other], outbox: { ...parts.outbox, update } },
    9,
  )
  await expect(dispatch).rejects.toThrow('the disk is full')
  expect((await parts.outbox.due(clock.now(), 9)).map(({ endpoint }) => endpoint)).toEqual(['soc'])
})

test('an endpoint that is not allowed is never called', async () => {
  let calls = 0
  const { parts } = await setUp(
    () => {
      calls += 1
      return [200]
    },
    { guard: { hosts: [], maxBytes: 10 } },
  )
  expect(await dispatchDue(parts, 10)).toEqual({ delivered: 0, later: 1, dead: 0 })
  expect(calls).toBe(0)
})

test('waits grow fourfold to at most six hours; twelve attempts take over a day', () => {
  const [first] = deliveriesOf({ id: 'x', type: 't', at: new Date(0), data: 1 }, [{ id: 'soc', url: '', secrets: [] }])
  let delivery = first as NonNullable<typeof first>
  const waits: number[] = []
  while (delivery.state === 'pending') {
    const now = new Date(delivery.dueAt)
    delivery = afterAttempt(
      delivery,
      { ok: false, problem: 'x', final: false },
      { now, jitter: 0.5, policy: STANDARD_RETRY },
    )
    if (delivery.state === 'pending') waits.push((Date.parse(delivery.dueAt) - now.getTime()) / 1000)
  }
  expect(waits).toEqual([5, 20, 80, 320, 1280, 5120, 20480, 21600, 21600, 21600, 21600])
})
