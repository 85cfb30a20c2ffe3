import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Playbook } from '../playbook/playbook.ts'
import { dryRun } from './dry-run.ts'
import { bench, house, lea, request } from './engine.fixture.ts'
import { httpAdapter } from './http-adapter.ts'
import { openc2Adapter } from './openc2-adapter.ts'
import { respondErrors } from './respond-errors.ts'
import { responseEngine } from './response-engine.ts'
import { actOnWorld, simulatedWorld } from './simulated-world.ts'

const world = simulatedWorld(['web-01'], ['eve'])
const seen: { headers: Record<string, unknown>; body: string }[] = []
let server: Server
let folder = ''
let ca = ''
let port = 0
let mode: 'work' | 'silent' | 'drop' | 'flood' | 'echo' = 'work'

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openc2-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', ...subject],
    { stdio: 'ignore' },
  )
  ca = readFileSync(cert, 'utf8')
  server = createServer({ key: readFileSync(key), cert: ca }, (incoming, response) => {
    let body = ''
    incoming.on('data', (part) => (body += part))
    incoming.on('end', () => {
      seen.push({ headers: incoming.headers, body })
      if (mode === 'silent') return
      if (mode === 'echo') return response.end(echoOf(incoming.headers.authorization ?? ''))
      const answer = JSON.stringify(actOnWorld(world, JSON.parse(body)))
      if (mode === 'drop' && !body.includes('"query"')) return incoming.socket.destroy()
      response.writeHead(200, { 'content-type': 'application/openc2-rsp+json;version=1.0' })
      response.end(mode === 'flood' ? 'x'.repeat(100_000) : answer)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

/** What a careless consumer says of a caller it does not know: all that it was given. */
function echoOf(authorization: string): string {
  const given = Buffer.from(authorization.replace(/^\w+ /, ''), 'base64').toString()
  return JSON.stringify({ status: 401, status_text: `no ${authorization}`, results: { who: { given } } })
}

const guard = () => ({ hosts: [{ host: 'localhost', port, reach: 'loopback' as const }], maxBytes: 65_536, ca })

/** The house playbook, spoken to the server of this test. */
function here(timeout = 2000): Playbook {
  const playbook = structuredClone(house.get('isolate-host')) as {
    agent_definitions: object
    workflow: object
  } & Playbook
  for (const agent of Object.values(playbook.agent_definitions))
    Object.assign(agent, { port: '443', address: { url: [`https://localhost:${port}`] } })
  for (const step of Object.values(playbook.workflow)) if (step.type === 'action') Object.assign(step, { timeout })
  return playbook
}

function benchHere(timeout?: number) {
  const playbook = here(timeout)
  return bench({ adapters: [openc2Adapter(guard())], library: { find: async () => playbook } })
}

async function isolate(timeout?: number) {
  const { engine, parts } = benchHere(timeout)
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  const { run } = await engine.approve(asked.id, lea, asked.work?.digest ?? '')
  return { run, engine, journal: await parts.runs.journal(run.id) }
}

test('over real TLS: what the dry run shows is what the actuator gets, and the secret is in no record', async () => {
  mode = 'work'
  seen.length = 0
  const dry = dryRun(here(), { __host__: 'web-01' }, { adapters: [openc2Adapter(guard())] })
  const { run, engine, journal } = await isolate()
  expect(run.status).toBe('succeeded')
  const shown = dry.steps[0]?.sends[0]?.request as { body: string; headers: Record<string, string> }
  expect(seen[0]?.body).toBe(shown.body)
  expect(seen[0]?.headers).toMatchObject(shown.headers)
  expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer top-secret' })
  expect(JSON.stringify([dry, run, journal])).not.toContain('top-secret')
  expect((await engine.undo(run.id, lea)).status).toBe('undone')
  expect(new Set(seen.map(({ headers }) => headers['x-request-id'])).size).toBe(seen.length)
  expect(world.hosts.get('web-01')?.contained).toBe(false)
})

test.each(['top-secret', 'ann:correct-horse'])(
  'a consumer that gives %s back gives it to no record',
  async (secret) => {
    mode = 'echo'
    const adapter = openc2Adapter(guard())
    const [prepared] = dryRun(here(), { __host__: 'web-01' }, { adapters: [adapter] }).steps[0]?.sends ?? []
    const answer = await adapter.send(prepared as never, { reveal: async () => secret })
    expect(answer.outcome).toBe('failed')
    expect(JSON.stringify(answer)).toContain('[secret]')
    for (const form of [secret, btoa(secret), 'correct-horse']) expect(JSON.stringify(answer)).not.toContain(form)
  },
)

test('the connection breaks after the command was carried out: it is looked up, not sent again', async () => {
  mode = 'drop'
  seen.length = 0
  const { run, journal } = await isolate()
  expect(run.status).toBe('succeeded')
  expect(seen.filter(({ body }) => body.includes('"contain"'))).toHaveLength(1)
  expect(journal.filter(({ kind }) => kind === 'answered')).toMatchObject([{ outcome: 'unknown' }])
})

test('an actuator that never answers leaves the run to a person, within its time limits', async () => {
  mode = 'silent'
  const { run } = await isolate(500)
  expect(run).toMatchObject({ status: 'waiting', asks: 'uncertain' })
})

test('an answer that is too long is no answer', async () => {
  mode = 'flood'
  const { run } = await isolate()
  expect(run).toMatchObject({ status: 'waiting', asks: 'uncertain' })
})

test('a certificate that is not trusted: nothing was sent, the step failed', async () => {
  mode = 'work'
  seen.length = 0
  const playbook = here()
  const { engine } = bench({
    adapters: [openc2Adapter({ ...guard(), ca: ca.slice(0, 0) })],
    library: { find: async () => playbook },
  })
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  const { run } = await engine.approve(asked.id, lea, asked.work?.digest ?? '')
  expect([run.status, seen.length]).toEqual(['failed', 0])
})

test('a secret that is not there: nothing was sent, the step failed, the run does not hang', async () => {
  mode = 'work'
  seen.length = 0
  const { parts } = benchHere()
  const secrets = {
    reveal: async (reference: string) => {
      throw respondErrors.bad_order({ why: `no secret ${reference}` })
    },
  }
  const engine = responseEngine({ ...parts, secrets })
  const asked = await engine.start(request('isolate-host', { __host__: 'web-01' }))
  const { run } = await engine.approve(asked.id, lea, asked.work?.digest ?? '')
  expect([run.status, seen.length, run.done]).toEqual(['failed', 0, []])
  expect(run.failure?.en).toContain('no secret openc2-actuator')
  expect(run.failure?.zh).toContain('命令无法发送')
})

test('hostile values stay inside the text that they fill', () => {
  const hostile = '","action":"delete","x":"\n'
  const [step] = dryRun(here(), { __host__: hostile }, { adapters: [openc2Adapter(guard())] }).steps
  expect(JSON.parse((step?.sends[0]?.request as { readonly body?: string } | undefined)?.body ?? '')).toEqual({
    action: 'contain',
    target: { device: { hostname: hostile } },
  })
  const playbook = here()
  const order = {
    command: {
      type: 'http-api',
      command: 'GET /hosts/__x__:value?q=1 HTTP/1.1',
      headers: { 'X-Note': ['__x__:value'] },
    },
    ...{ agent: Object.values(playbook.agent_definitions ?? {})[0] as never, authentication: undefined, timeoutMs: 1 },
  }
  const prepare = (value: string) => httpAdapter(guard()).prepare({ ...order, values: new Map([['__x__', value]]) })
  expect(prepare('../a b?c#d')).toMatchObject({
    request: { url: `https://localhost:${port}/hosts/..%2Fa%20b%3Fc%23d?q=1` },
  })
  expect(() => prepare('..')).toThrow('leaves its own path')
  expect(() => prepare('a\r\nHost: evil')).toThrow('the header "x-note" cannot be sent')
})
