import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { firingLine, ruleFolder } from '../pipeline/events.fixture.ts'
import { sender, testFolder, until } from '../pipeline/pipeline.fixture.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import { FileAlertSink } from '../pipeline/sink/file-alert-sink.ts'
import { crowd } from './attacks.fixture.ts'
import { HttpListener } from './http-listener.ts'
import { TcpListener, type TcpListenerOptions } from './tcp-listener.ts'

async function run(options: Partial<TcpListenerOptions> = {}): Promise<{ pipeline: Pipeline; tcp: TcpListener }> {
  const folder = testFolder()
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const pipeline = await Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink, threads: 1 })
  onTestFinished(() => pipeline.stop())
  const tcp = new TcpListener({ port: 0, maxHeldBytes: 32 * 2 ** 20, lineMs: 1000, ...options })
  await pipeline.addSource(tcp)
  return { pipeline, tcp }
}

test('when all connections are taken, idle ones make room and busy ones do not', async () => {
  const { pipeline, tcp } = await run({ maxConnections: 50, idleMs: 1000 })
  let leave: () => void = () => undefined
  const hold = new Promise<void>((resolve) => (leave = resolve))
  const crowding = crowd(tcp.port, 80, hold)
  await until(() => Number(pipeline.status().sources[0]?.faults.too_many_connections) === 30)
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const { socket, acked } = await sender(tcp.port, { stream: 's' })
  socket.write(firingLine(1))
  await acked(1)
  expect(pipeline.status().sources[0]).toMatchObject({ open: 50, faults: { idle: 1 } })
  leave()
  await crowding
})

test('a crowd that says nothing hinders nobody who does, and is told why it is sent away', async () => {
  const { pipeline, tcp } = await run({ maxSilent: 20, lineMs: 30_000 })
  const early = await sender(tcp.port, { stream: 'early' })
  const oldest = await sender(tcp.port)
  const silent = (): number => Number(pipeline.status().sources[0]?.faults.silent ?? 0)
  const crowding = crowd(
    tcp.port,
    60,
    until(() => silent() >= 41),
  )
  await until(() => oldest.socket.closed)
  expect(oldest.answers).toMatchObject([{ error: { code: 'threat_ingest.silent' } }])
  const { socket, acked } = await sender(tcp.port, { stream: 'late' })
  for (const each of [early.socket, socket]) each.write(firingLine(1))
  await Promise.all([early.acked(1), acked(1), crowding])
})

test('a listener that others can reach needs a token, and asks for it', async () => {
  const opening = { code: 'threat_ingest.open_listener' }
  expect(() => new TcpListener({ port: 0, host: '0.0.0.0' })).toThrow(expect.objectContaining(opening))
  expect(() => new HttpListener({ port: 0, host: '::', token: 'short' })).toThrow(expect.objectContaining(opening))
  const token = 'a token of some length'
  const { pipeline, tcp } = await run({ token, host: '0.0.0.0' })
  const http = new HttpListener({ port: 0, token })
  await pipeline.addSource(http)
  const silent = await sender(tcp.port)
  silent.socket.write(firingLine(1))
  const wrong = await sender(tcp.port, { token: 'wrong', stream: 's' })
  const right = await sender(tcp.port, { token, stream: 's' })
  right.socket.write(firingLine(2))
  await right.acked(1)
  await until(() => silent.socket.closed && wrong.socket.closed)
  expect(silent.answers).toMatchObject([{ error: { code: 'threat_ingest.unauthorised' } }])
  const post = (authorization: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${http.port}/ingest`, { method: 'POST', body: firingLine(3), headers: { authorization } })
  expect([(await post('Bearer no')).status, (await post(`Bearer ${token}`)).status]).toEqual([401, 200])
  await until(() => pipeline.status().totals.alerts === 2)
})

test('a packed body is refused, not acknowledged as lines of garbage', async () => {
  const { pipeline } = await run()
  const http = new HttpListener({ port: 0 })
  await pipeline.addSource(http)
  const post = (encoding: string, body: Uint8Array | string): Promise<Response> =>
    fetch(`http://127.0.0.1:${http.port}/ingest`, { method: 'POST', body, headers: { 'content-encoding': encoding } })
  const refused = await post('gzip', gzipSync(firingLine(1)))
  expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'threat_ingest.body_encoded' }])
  expect((await post('identity', firingLine(2))).status).toBe(200)
  await until(() => pipeline.status().totals.accepted === 1)
})

test('a line over the limit is passed over, counted and told with limit and setting; the lines after it are taken', async () => {
  const { pipeline, tcp } = await run({ maxLineBytes: 2 ** 16 })
  const http = new HttpListener({ port: 0, maxLineBytes: 2 ** 16 })
  await pipeline.addSource(http)
  const long = `${'x'.repeat(2 ** 16 + 1)}\n`
  const told = { code: 'threat_ingest.line_too_long', en: expect.stringContaining('more than 65536 bytes') }
  const { socket, acked, answers } = await sender(tcp.port, { stream: 's' })
  socket.write(long + long + firingLine(1))
  await acked(3)
  expect(answers.filter(({ notice }) => notice)).toMatchObject([{ notice: told }])
  const response = await fetch(`http://127.0.0.1:${http.port}/ingest`, { method: 'POST', body: long + firingLine(2) })
  expect(await response.json()).toMatchObject({ accepted: 2, notice: { ...told, lines: 1 } })
  await until(() => pipeline.status().totals.alerts === 2)
  expect(pipeline.status().sources.map(({ faults }) => faults)).toEqual([{ too_long: 2 }, { too_long: 1 }])
})
