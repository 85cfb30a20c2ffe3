import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HttpListener } from '../ingest/http-listener.ts'
import { firingLine, quietLine, ruleFolder } from './events.fixture.ts'
import { sender, testFolder, until } from './pipeline.fixture.ts'
import { Pipeline } from './pipeline.ts'
import { run, storedAlerts } from './running.fixture.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'

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
  expect(totals).toMatchObject({ accepted: 3, evaluated: 2, unreadable: 1, alerts: 1, unevaluated: 0, unmapped: 0 })
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

test('lines of a form that no mapping knows are counted apart from those that cannot be read', async () => {
  const { pipeline, tcp } = await run(testFolder())
  const { socket, acked } = await sender(tcp.port, { stream: 's1' })
  socket.write(`${quietLine(1)}{"gateway":"gw-1"}\n[1]\n`)
  await acked(3)
  socket.end()
  await until(() => pipeline.status().totals.evaluated === 2)
  const { totals } = pipeline.status()
  await pipeline.stop()
  expect(totals).toMatchObject({ evaluated: 2, unmapped: 1, unreadable: 1, unevaluated: 0 })
})

test('few lines at a time are acknowledged for as long as the sink stands still', async () => {
  const folder = testFolder()
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const store = sink.append.bind(sink)
  let goOn = (): void => undefined
  const standing = new Promise<void>((resolve) => {
    goOn = resolve
  })
  sink.append = (step) => standing.then(() => store(step))
  const { pipeline, tcp } = await run(folder, { sink })
  const flood = await sender(tcp.port)
  flood.socket.write(firingLine(0).repeat(4000))
  await until(() => pipeline.status().memory.freeBytes <= pipeline.status().memory.totalBytes * 0.7)
  const { socket, acked } = await sender(tcp.port, { stream: 'honest' })
  for (let lines = 1; lines <= 50; lines += 1) {
    socket.write(firingLine(lines))
    await acked(lines)
  }
  flood.socket.end()
  goOn()
  await until(() => pipeline.status().totals.alerts === 4050)
  await pipeline.stop()
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

test('a second pipeline on the same folder is refused', async () => {
  const folder = testFolder()
  const { pipeline } = await run(folder)
  const other = await FileAlertSink.open(join(testFolder(), 'alerts'))
  const rules = { path: ruleFolder(folder) }
  await expect(Pipeline.start({ folder, rules, sink: other })).rejects.toMatchObject({ code: 'store.locked' })
  await pipeline.stop()
})

test('a sender that half-closes still gets its last acknowledgement; half a line is not taken', async () => {
  const { pipeline, tcp } = await run(testFolder())
  const { socket, answers } = await sender(tcp.port, { stream: 's' })
  socket.end(quietLine(1) + quietLine(2) + quietLine(3).slice(0, 40))
  await once(socket, 'close')
  expect(answers.at(-1)).toEqual({ acked: 2 })
  expect(pipeline.status().faults).toEqual({ s: { unfinished_line: 1 } })
  await pipeline.stop()
})
