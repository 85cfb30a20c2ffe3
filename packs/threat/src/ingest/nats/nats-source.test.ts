import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { expect, onTestFinished, test } from 'vitest'
import { firingLine, quietLine, ruleFolder } from '../../pipeline/events.fixture.ts'
import { testFolder, until } from '../../pipeline/pipeline.fixture.ts'
import { Pipeline } from '../../pipeline/pipeline.ts'
import { FileAlertSink } from '../../pipeline/sink/file-alert-sink.ts'
import { hasNats, makeStream, NatsServer, natsNote, openMessages, publish } from './nats-server.fixture.ts'
import { NatsSource } from './nats-source.ts'

async function serve(): Promise<{ server: NatsServer; connection: NatsConnection }> {
  const server = new NatsServer(testFolder())
  await server.start()
  onTestFinished(() => server.kill())
  const connection = await makeStream(server.url)
  onTestFinished(() => connection.close())
  return { server, connection }
}

async function run(folder: string = testFolder()): Promise<Pipeline> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const pipeline = await Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink, threads: 1 })
  onTestFinished(() => pipeline.stop())
  return pipeline
}

const source = (server: NatsServer): NatsSource =>
  new NatsSource({ servers: server.url, stream: 'events', consumer: 'dengta', ackWaitMs: 1000 })
const settled = async (connection: NatsConnection): Promise<void> => {
  for (let tries = 0; (await openMessages(connection, 'dengta')) > 0; tries += 1) {
    if (tries > 200) throw new Error('messages stay unacknowledged')
    await delay(50)
  }
}

test.runIf(hasNats)(`messages become events and are acknowledged${natsNote}`, async () => {
  const { server, connection } = await serve()
  const events = Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? firingLine(i) : quietLine(i).trimEnd()))
  await publish(connection, [...events, `${quietLine(1)}${firingLine(2)}`, '', 'no json'])
  const pipeline = await run()
  await pipeline.addSource(source(server))
  await until(() => pipeline.status().totals.alerts === 101)
  await settled(connection)
  expect(pipeline.status()).toMatchObject({
    totals: { alerts: 101, unreadable: 1 },
    sources: [{ kind: 'nats', faults: {} }],
  })
})

test.runIf(hasNats)(`a consumer taken away is made again and nothing is taken twice${natsNote}`, async () => {
  const { server, connection } = await serve()
  const pipeline = await run()
  await pipeline.addSource(source(server))
  await publish(connection, [firingLine(1), firingLine(2)])
  await until(() => pipeline.status().totals.alerts === 2)
  const manager = await jetstreamManager(connection)
  await manager.consumers.delete('events', 'dengta')
  await publish(connection, [firingLine(3)])
  await until(() => pipeline.status().totals.alerts === 3)
  await settled(connection)
  expect(pipeline.status()).toMatchObject({ totals: { alerts: 3 }, sources: [{ faults: { consumer_lost: 1 } }] })
})

test.runIf(hasNats)(
  `a source stops although its server is gone${natsNote}`,
  async () => {
    const { server } = await serve()
    const pipeline = await run()
    const nats = source(server)
    await pipeline.addSource(nats)
    await server.kill()
    await delay(200)
    await nats.stop()
    expect(nats.status().open).toBe(0)
  },
  10_000,
)

test.runIf(hasNats)(`what cannot begin says why${natsNote}`, async () => {
  const { server, connection } = await serve()
  const pipeline = await run()
  const start = (options: Partial<{ servers: string; stream: string; consumer: string }>): Promise<void> =>
    pipeline.addSource(new NatsSource({ servers: server.url, stream: 'events', consumer: 'c', ...options }))
  await expect(start({ servers: 'nats://127.0.0.1:1' })).rejects.toMatchObject({
    code: 'threat_ingest.nats_unreachable',
  })
  await expect(start({ stream: 'none' })).rejects.toMatchObject({ code: 'threat_ingest.nats_stream' })
  const manager = await jetstreamManager(connection)
  await manager.consumers.add('events', { durable_name: 'none', ack_policy: 'none' })
  await expect(start({ consumer: 'none' })).rejects.toMatchObject({ code: 'threat_ingest.nats_consumer' })
})

test.runIf(hasNats)(`a stream that has lost messages is refused${natsNote}`, async () => {
  const { server, connection } = await serve()
  const pipeline = await run()
  const manager = await jetstreamManager(connection)
  const { created } = await manager.streams.info('events')
  // as after a crash of the server's machine: more was taken than it has now
  await pipeline.addSource({
    start: async (intake) => {
      const lane = await intake.open({
        name: `nats events dengta ${created}`,
        resumable: true,
        onRoom: () => undefined,
      })
      lane.push({ pieces: [Buffer.from(firingLine(1))], lines: 1, position: 100 })
      await lane.settled()
      lane.close()
    },
    stop: () => Promise.resolve(),
    status: () => ({ kind: 'before', at: '', open: 0, faults: {} }),
  })
  await expect(pipeline.addSource(source(server))).rejects.toMatchObject({ code: 'threat_ingest.nats_went_back' })
})
