import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HttpListener } from '../ingest/http-listener.ts'
import { TcpListener } from '../ingest/tcp-listener.ts'
import { firingLine, quietLine, ruleFolder } from './events.fixture.ts'
import { sender, testFolder, until } from './pipeline.fixture.ts'
import { Pipeline, type PipelineOptions } from './pipeline.ts'
import type { PipelineAlert } from './pipeline-alert.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'
import type { Stage } from './stage/stage.ts'

const SMALL = { slabs: 16, slabBytes: 64 * 2 ** 10, largeBytes: 40 * 2 ** 20 }

async function storedAlerts(folder: string): Promise<PipelineAlert[]> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const alerts: PipelineAlert[] = []
  for await (const step of sink.replay(0)) alerts.push(...step.alerts)
  await sink.close()
  return alerts
}

async function run(
  folder: string,
  options: Partial<PipelineOptions> = {},
): Promise<{ pipeline: Pipeline; tcp: TcpListener }> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const rules = { path: ruleFolder(folder), licence: 'DRL 1.1' }
  const pipeline = await Pipeline.start({ folder, rules, sink, threads: 1, memory: SMALL, ...options })
  const tcp = new TcpListener({ port: 0 })
  await pipeline.addSource(tcp)
  return { pipeline, tcp }
}

test('a line sent over TCP becomes a stored alert with its place, its rule and what matched', async () => {
  const folder = testFolder()
  const { pipeline, tcp } = await run(folder)
  const { socket, acked } = await sender(tcp.port, { stream: 's1' })
  socket.write(`${quietLine(1)}${firingLine(2)}no json\n`)
  await acked(3)
  socket.end()
  await until(() => pipeline.status().totals.alerts === 1)
  const { totals, faults } = pipeline.status()
  await pipeline.stop()
  expect(totals).toMatchObject({ accepted: 3, evaluated: 2, unreadable: 1, alerts: 1, unevaluated: 0 })
  expect(faults).toEqual({ s1: { not_json: 1 } })
  const [alert] = await storedAlerts(folder)
  expect(alert).toMatchObject({
    file: 's1',
    line: 2,
    rule: { id: 'shell', author: 'Ada', licence: 'DRL 1.1' },
    matched: [{ field: 'Image', wanted: '*\\cmd.exe', found: ['C:\\cmd.exe'] }],
    event: { number: 2 },
  })
})

test('a sender that comes back is told where it was, also after a restart', async () => {
  const folder = testFolder()
  const first = await run(folder)
  const one = await sender(first.tcp.port, { stream: 's1' })
  await one.acked(0)
  one.socket.write(firingLine(1) + firingLine(2))
  await one.acked(2)
  const again = await sender(first.tcp.port, { stream: 's1' })
  await again.acked(2)
  again.socket.write(firingLine(3))
  await again.acked(3)
  await first.pipeline.stop()
  const second = await run(folder)
  const third = await sender(second.tcp.port, { stream: 's1' })
  await third.acked(3)
  third.socket.write(firingLine(4))
  await third.acked(4)
  await until(() => second.pipeline.status().totals.alerts >= 1)
  await second.pipeline.stop()
  const alerts = await storedAlerts(folder)
  expect(alerts.map(({ line, event }) => [line, (event as { number: number }).number])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
  ])
  expect(new Set(alerts.map(({ id }) => id)).size).toBe(4)
})

test('lines of any length up to the limit arrive whole, across slabs and chunks', async () => {
  const folder = testFolder()
  const { pipeline, tcp } = await run(folder)
  const { socket, acked } = await sender(tcp.port, { stream: 's' })
  const lengths = [10, 65_000, 70_000, 200_000, 3_000_000, 16_000_000, 30]
  for (const [i, length] of lengths.entries())
    socket.write(firingLine(i).replace('"number"', `"pad":"${'x'.repeat(length)}","number"`))
  await acked(lengths.length)
  await until(() => pipeline.status().totals.alerts === lengths.length)
  await pipeline.stop()
  const stored = await storedAlerts(folder)
  expect(stored.map(({ event }) => (event as { pad: string }).pad.length)).toEqual(lengths)
})

test('HTTP answers once the lines are durable, and a body sent twice counts once', async () => {
  const folder = testFolder()
  const { pipeline } = await run(folder)
  const http = new HttpListener({ port: 0 })
  await pipeline.addSource(http)
  const post = async (body: string, headers: Record<string, string> = {}): Promise<[number, unknown]> => {
    const answer = await fetch(`http://127.0.0.1:${http.port}/ingest`, { method: 'POST', body, headers })
    return [answer.status, await answer.json()]
  }
  const body = firingLine(1) + firingLine(2)
  const at = (position: number): Record<string, string> => ({
    'dengta-stream': 'h',
    'dengta-position': String(position),
  })
  expect(await post(body)).toEqual([200, { accepted: 2 }])
  expect(await post(body, at(0))).toEqual([200, { accepted: 2, position: 2 }])
  expect(await post(body + firingLine(3).trimEnd(), at(0))).toEqual([200, { accepted: 1, position: 3 }])
  expect(await post(body, at(9))).toMatchObject([409, { code: 'threat_ingest.gap' }])
  await until(() => pipeline.status().totals.alerts === 5)
  await pipeline.stop()
})

test('a reload swaps between two batches; a bad set is refused and the old one stays', async () => {
  const folder = testFolder()
  const { pipeline, tcp } = await run(folder)
  const { socket, acked } = await sender(tcp.port, { stream: 's' })
  socket.write(firingLine(1))
  await acked(1)
  await until(() => pipeline.status().totals.alerts === 1)
  await expect(pipeline.reload({ path: ruleFolder(folder, 'title: broken\n') })).rejects.toMatchObject({
    code: 'threat_pipeline.rules_refused',
  })
  await expect(pipeline.reload({ path: join(folder, 'absent') })).rejects.toMatchObject({
    code: 'threat_pipeline.rules_refused',
  })
  socket.write(firingLine(2))
  await until(() => pipeline.status().totals.alerts === 2)
  const text =
    'title: T\nid: calc\nlogsource: {product: windows}\ndetection: {s: {Image|endswith: calc.exe}, condition: s}\n'
  const report = await pipeline.reload({ path: ruleFolder(folder, text) })
  expect(report).toMatchObject({ rules: 1, invalid: [], fromSequence: 3 })
  socket.write(firingLine(3) + quietLine(4))
  await until(() => pipeline.status().totals.alerts === 3)
  await pipeline.stop()
  const alerts = await storedAlerts(folder)
  expect(alerts.map(({ rule, line }) => [rule.id, line])).toEqual([
    ['shell', 1],
    ['shell', 2],
    ['calc', 4],
  ])
})

/** Says every third alert; its count must survive restarts. */
class EveryThird implements Stage {
  readonly name = 'third'
  #count = 0

  push(...[input, emit]: Parameters<Stage['push']>): void {
    if (input.kind !== 'alert') return
    this.#count += 1
    if (this.#count % 3 === 0) emit({ stage: this.name, id: input.alert.id, body: this.#count })
  }

  save(): unknown {
    return this.#count
  }

  restore(state: unknown): void {
    this.#count = state as number
  }
}

test.each([0, 1e9])('stages go on where they were, with a checkpoint every %d ms', async (checkpointMs) => {
  const folder = testFolder()
  for (let round = 0; round < 4; round += 1) {
    const { pipeline, tcp } = await run(folder, { stages: [new EveryThird()], checkpointMs })
    const { socket, acked } = await sender(tcp.port, { stream: 's' })
    await acked(round * 2)
    socket.write(firingLine(1) + firingLine(2))
    await until(() => pipeline.status().totals.alerts === 2)
    await pipeline.stop()
  }
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  onTestFinished(() => sink.close())
  const bodies: unknown[] = []
  for await (const { findings } of sink.replay(0)) bodies.push(...findings.map(({ body }) => body))
  expect(bodies).toEqual([3, 6])
})

test('a second pipeline on the same folder is refused', async () => {
  const folder = testFolder()
  const { pipeline } = await run(folder)
  const other = await FileAlertSink.open(join(testFolder(), 'alerts'))
  const rules = { path: ruleFolder(folder) }
  await expect(Pipeline.start({ folder, rules, sink: other })).rejects.toMatchObject({ code: 'store.locked' })
  await pipeline.stop()
})

test('a sender that is done half-closes and still gets its last acknowledgement', async () => {
  const { pipeline, tcp } = await run(testFolder())
  const { socket, answers } = await sender(tcp.port, { stream: 's' })
  socket.end(quietLine(1) + quietLine(2).trimEnd())
  await once(socket, 'close')
  expect(answers.at(-1)).toEqual({ acked: 2 })
  await pipeline.stop()
})
