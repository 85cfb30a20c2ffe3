import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'

const binary = ['nats-server', '/usr/sbin/nats-server'].find((path) => spawnSync(path, ['-v']).status === 0)
export const hasNats = binary !== undefined
export const natsNote = hasNats ? '' : ': SKIPPED, install nats-server (scripts/setup-debian.sh)'

/** A real server with JetStream, its data below `folder`. */
export class NatsServer {
  readonly #folder: string
  #child: ChildProcess | undefined
  url = ''
  #port = -1

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Starts it; again after a stop on the same port. */
  async start(): Promise<void> {
    const ports = ['--ports_file_dir', this.#folder, '-a', '127.0.0.1', '-p', String(this.#port)]
    const child = spawn(binary as string, ['-js', '-sd', join(this.#folder, 'jetstream'), ...ports], {
      stdio: 'ignore',
    })
    this.#child = child
    const file = join(this.#folder, `nats-server_${child.pid}.ports`)
    while (!existsSync(file)) await delay(20)
    await delay(20)
    this.url = (JSON.parse(readFileSync(file, 'utf8')) as { nats: string[] }).nats[0] as string
    this.#port = Number(new URL(this.url).port)
    unlinkSync(file)
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL')
    if (this.#child?.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit')
  }
}

/** Makes a stream `events` of subjects `events.>`. */
export async function makeStream(url: string): Promise<NatsConnection> {
  const connection = await connect({ servers: url, maxReconnectAttempts: -1, reconnectTimeWait: 100 })
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'events', subjects: ['events.>'] })
  return connection
}

/** Publishes each line once, however often the server goes away: a repeat has the same id. */
export async function publish(connection: NatsConnection, lines: readonly string[]): Promise<void> {
  const client = jetstream(connection)
  const idOf = (line: string): string => `id${Buffer.from(line).toString('base64url')}`
  const send = async (line: string): Promise<void> => {
    for (let tries = 0; ; tries += 1) {
      const sent = await client.publish('events.a', line, { msgID: idOf(line), timeout: 1000 }).catch(() => undefined)
      if (sent) return
      if (tries > 30) throw new Error('the server does not come back')
      await delay(100)
    }
  }
  for (let at = 0; at < lines.length; at += 500) await Promise.all(lines.slice(at, at + 500).map(send))
}

/** How many messages the consumer has not acknowledged, and how many it has not seen. */
export async function openMessages(connection: NatsConnection, consumer: string): Promise<number> {
  const manager = await jetstreamManager(connection)
  const { num_ack_pending, num_pending } = await manager.consumers.info('events', consumer)
  return num_ack_pending + num_pending
}
