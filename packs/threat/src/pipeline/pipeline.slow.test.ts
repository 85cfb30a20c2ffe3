import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { firingLine, quietLine, ruleFolder } from './events.fixture.ts'
import { sender, testFolder, until } from './pipeline.fixture.ts'
import { run, storedAlerts } from './running.fixture.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'
import type { Stage } from './stage/stage.ts'

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

/** Of a text that an alert may carry cut, with how much is missing. */
function wholeLength(text: string): number {
  const missing = /… \((\d+)\)$/.exec(text)
  return missing ? missing.index + Number(missing[1]) : text.length
}

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
  expect(stored.map(({ event }) => wholeLength((event as { pad: string }).pad))).toEqual(lengths)
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
