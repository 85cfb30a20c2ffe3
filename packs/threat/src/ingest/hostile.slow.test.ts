import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { firingLine, ruleFolder } from '../pipeline/events.fixture.ts'
import { sender, testFolder, until } from '../pipeline/pipeline.fixture.ts'
import { Pipeline } from '../pipeline/pipeline.ts'
import type { PipelineAlert } from '../pipeline/pipeline-alert.ts'
import { FileAlertSink } from '../pipeline/sink/file-alert-sink.ts'
import { ATTACKS, HIDDEN } from './attacks.fixture.ts'
import { TcpListener, type TcpListenerOptions } from './tcp-listener.ts'

async function run(options: Partial<TcpListenerOptions> = {}) {
  const folder = testFolder()
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const pipeline = await Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink, threads: 1 })
  onTestFinished(() => pipeline.stop())
  const tcp = new TcpListener({ port: 0, maxHeldBytes: 16 * 2 ** 20, lineMs: 3000, ...options })
  await pipeline.addSource(tcp)
  return { pipeline, tcp, sink }
}

test('hostile senders are counted by what they did, and the others go on', async () => {
  const { pipeline, tcp } = await run()
  const { socket, acked } = await sender(tcp.port, { stream: 'honest' })
  let sent = 0
  for (const attack of Object.values(ATTACKS)) {
    const attacking = attack(tcp.port)
    sent += 1
    socket.write(firingLine(sent))
    await acked(sent)
    await attacking
  }
  await until(() => pipeline.status().totals.alerts === sent)
  const [{ faults = {} } = {}] = pipeline.status().sources
  expect(faults).toMatchObject({ too_long: 1, bad_hello: 2 })
  expect(faults.memory).toBeGreaterThan(10)
  expect(faults.slow_line).toBeGreaterThanOrEqual(1)
  const scan = Object.values(pipeline.status().faults)
  const total = (name: string): number => scan.reduce((sum, counts) => sum + (counts[name] ?? 0), 0)
  expect([total('not_json') >= 2, total('too_deep') >= 1]).toEqual([true, true])
  expect(pipeline.status().totals).toMatchObject({ unevaluated: 0, alerts: sent })
}, 60_000)

test('events that hide behind escapes fire as plain ones do', async () => {
  const { pipeline, tcp, sink } = await run()
  const { socket, acked } = await sender(tcp.port, { stream: 'hidden' })
  const times = 500
  const plain = firingLine(0).replace(/,"number":0\}\n$/, '')
  for (const start of [plain, ...HIDDEN]) socket.write(`${start},"number":1}\n`.repeat(times))
  await acked(3 * times)
  await until(() => pipeline.status().totals.alerts === 3 * times)
  const alerts: PipelineAlert[] = []
  for await (const step of sink.replay(0)) alerts.push(...step.alerts)
  const said = new Set(alerts.map(({ rule, event, matched }) => JSON.stringify([rule.id, event, matched])))
  expect([alerts.length, said.size]).toEqual([3 * times, 1])
}, 60_000)
