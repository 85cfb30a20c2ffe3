import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { entryFile } from '@dengta/store'
import { expect, onTestFinished, test } from 'vitest'
import { firingLine, ruleFolder } from '../../pipeline/events.fixture.ts'
import { testFolder, until } from '../../pipeline/pipeline.fixture.ts'
import { Pipeline } from '../../pipeline/pipeline.ts'
import { storedAlerts } from '../../pipeline/running.fixture.ts'
import { FileAlertSink } from '../../pipeline/sink/file-alert-sink.ts'
import { hasNats, makeStream, NatsServer, natsNote, openMessages, publish } from './nats-server.fixture.ts'
import { NatsSource, type NatsSourceOptions } from './nats-source.ts'

const ROUNDS = 12
const EACH = 3000

const optionsOf = (server: NatsServer): NatsSourceOptions => ({
  servers: server.url,
  stream: 'events',
  consumer: 'dengta',
  ackWaitMs: 1000,
})

/** Events of a round, as many as there are numbers. */
const linesOf = (round: number): string[] => Array.from({ length: EACH }, (_, i) => firingLine(round * EACH + i))

async function serve(): Promise<{ server: NatsServer; connection: Awaited<ReturnType<typeof makeStream>> }> {
  const server = new NatsServer(testFolder())
  await server.start()
  onTestFinished(() => server.kill())
  const connection = await makeStream(server.url)
  onTestFinished(() => connection.close())
  return { server, connection }
}

async function expectAll(folder: string, rounds: number): Promise<void> {
  const numbers = (await storedAlerts(folder)).map(({ event }) => (event as { number: number }).number)
  expect(numbers).toEqual(Array.from({ length: rounds * EACH }, (_, i) => i))
}

test.runIf(hasNats)(
  `kill -9 of the pipeline: every message gives its alert, none gives two${natsNote}`,
  { timeout: 240_000 },
  async () => {
    const { server, connection } = await serve()
    const folder = testFolder()
    const memory = { slabs: 16, slabBytes: 64 * 2 ** 10, largeBytes: 2 ** 20 }
    const options = { threads: 1, memory, segmentBytes: 2 ** 20, checkpointMs: 100 }
    const alerts = join(folder, 'alerts')
    const config = { folder, alerts, rules: { path: ruleFolder(folder) }, nats: optionsOf(server), options }
    const begin = async () => {
      const child = spawn(process.execPath, [entryFile('threat-pipeline'), JSON.stringify(config)], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      await once(createInterface({ input: child.stdout }), 'line')
      return child
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = await begin()
      const publishing = publish(connection, linesOf(round))
      await delay(50 + ((round * 137) % 400))
      child.kill('SIGKILL')
      await once(child, 'exit')
      await publishing
    }
    const child = await begin()
    for (let tries = 0; (await openMessages(connection, 'dengta')) > 0 && tries < 600; tries += 1) await delay(50)
    child.stdin?.end()
    await once(child, 'exit')
    await expectAll(folder, ROUNDS)
  },
)

test.runIf(hasNats)(
  `kill -9 of the server, with and without the pipeline noticing${natsNote}`,
  { timeout: 240_000 },
  async () => {
    const { server, connection } = await serve()
    const folder = testFolder()
    const sink = await FileAlertSink.open(join(folder, 'alerts'))
    const pipeline = await Pipeline.start({ folder, rules: { path: ruleFolder(folder) }, sink, threads: 1 })
    await pipeline.addSource(new NatsSource(optionsOf(server)))
    for (let round = 0; round < 4; round += 1) {
      const publishing = publish(connection, linesOf(round))
      await delay(60)
      await server.kill()
      await server.start()
      await publishing
    }
    await until(() => pipeline.status().totals.alerts >= 4 * EACH, 60)
    await pipeline.stop()
    const numbers = (await storedAlerts(folder)).map(({ event }) => (event as { number: number }).number)
    expect(numbers.sort((one, other) => one - other)).toEqual(Array.from({ length: 4 * EACH }, (_, i) => i))
  },
)
