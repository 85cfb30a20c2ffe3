import { setTimeout as delay } from 'node:timers/promises'
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node'
import { FaultCounter } from '../fault-counter.ts'
import { ingestErrors } from '../ingest-errors.ts'
import { NETWORK_LINE_BYTES } from '../line-limit.ts'
import type { EventSource, Intake, SourceStatus } from '../source.ts'
import { NatsIntake } from './nats-intake.ts'

export interface NatsSourceOptions {
  /** Addresses of one NATS system, e.g. `nats://127.0.0.1:4222`. */
  readonly servers: string | readonly string[]
  readonly stream: string
  /**
   * Name of the durable consumer, made where there is none. It belongs to this pipeline alone: to scale out, give each
   * pipeline a consumer with a subject of its own.
   */
  readonly consumer: string
  /** Subject of the messages to take, for a consumer that is made; all where left out. */
  readonly subject?: string
  readonly user?: string
  readonly password?: string
  readonly token?: string
  /** After how long the server sends again what was not acknowledged; for a consumer that is made. */
  readonly ackWaitMs?: number
  /** A longer message is passed over, acknowledged and counted; 1 MiB where left out, as NATS itself has it. */
  readonly maxLineBytes?: number
}

const ACK_WAIT_MS = 30_000
const MAX_PENDING = 10_000
const PULL_BYTES = 4 * 2 ** 20
const LOOK_MS = 200
const AGAIN_MS = 1000
const CONNECT_MS = 5000
const LEAVE_MS = 3000

/**
 * Messages of a JetStream stream: each one event, or several as lines. A message is acknowledged once it is durable here;
 * one that is sent again, also after kill -9, is told by its number in the stream and not taken twice.
 */
export class NatsSource implements EventSource {
  readonly #options: NatsSourceOptions
  readonly #faults = new FaultCounter()
  readonly #stop = new AbortController()
  #connection: NatsConnection | undefined
  #messages: ConsumerMessages | undefined
  #taker: NatsIntake | undefined
  #run: Promise<void> = Promise.resolve()

  constructor(options: NatsSourceOptions) {
    this.#options = options
  }

  /** Throws `threat_ingest.nats_unreachable`, `nats_stream`, `nats_consumer` or `nats_went_back`. */
  async start(intake: Intake): Promise<void> {
    const { stream, consumer, maxLineBytes: maxBytes = NETWORK_LINE_BYTES } = this.#options
    this.#connection = await this.#connect()
    try {
      const manager = await jetstreamManager(this.#connection)
      const { created, state } = await manager.streams.info(stream).catch((cause: unknown) => {
        throw ingestErrors.nats_stream({ stream }, cause)
      })
      await this.#ensureConsumer(manager)
      // a stream that was deleted and made again counts from 1 again
      const name = `nats ${stream} ${consumer} ${created}`
      const taker = await NatsIntake.open({ intake, name, maxBytes, onFault: (fault) => this.#faults.add(fault) })
      if (taker.position > state.last_seq) {
        taker.close()
        throw ingestErrors.nats_went_back({ stream, last: state.last_seq, taken: taker.position })
      }
      this.#taker = taker
      this.#run = this.#consume(manager, taker).finally(() => taker.close())
    } catch (error) {
      await this.#connection.close()
      throw error
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    this.#taker?.end()
    const left = this.#leave()
    // without a server nothing is answered, and what waits for an answer ends with the connection
    await Promise.race([left, delay(LEAVE_MS, undefined, { ref: false })])
    await this.#connection?.close()
    await left
  }

  /** The last acknowledgements still go out. */
  async #leave(): Promise<void> {
    await this.#messages?.close()
    await this.#run
    await this.#connection?.drain().catch(() => undefined)
  }

  status(): SourceStatus {
    const { stream, consumer } = this.#options
    const open = this.#connection && !this.#connection.isClosed() ? 1 : 0
    return { kind: 'nats', at: `${stream} ${consumer}`, open, faults: this.#faults.counts }
  }

  async #connect(): Promise<NatsConnection> {
    const { servers, user, password, token } = this.#options
    const who = { ...(user !== undefined && { user }), ...(password !== undefined && { pass: password }) }
    const to = { servers: typeof servers === 'string' ? servers : [...servers], name: 'dengta', timeout: CONNECT_MS }
    try {
      return await connect({ ...to, ...who, ...(token !== undefined && { token }), maxReconnectAttempts: -1 })
    } catch (cause) {
      throw ingestErrors.nats_unreachable({ servers: String(servers) }, cause)
    }
  }

  async #ensureConsumer(manager: JetStreamManager): Promise<void> {
    const { stream, consumer, subject, ackWaitMs = ACK_WAIT_MS } = this.#options
    const known = await manager.consumers.info(stream, consumer).catch(() => undefined)
    if (!known) {
      await manager.consumers.add(stream, {
        durable_name: consumer,
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ackWaitMs),
        max_ack_pending: MAX_PENDING,
        ...(subject !== undefined && { filter_subject: subject }),
      })
    } else if (known.config.ack_policy !== AckPolicy.Explicit || known.config.deliver_subject !== undefined)
      throw ingestErrors.nats_consumer({ consumer })
  }

  async #consume(manager: JetStreamManager, taker: NatsIntake): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        await this.#ensureConsumer(manager)
        const consumer = await jetstream(this.#connection as NatsConnection).consumers.get(
          this.#options.stream,
          this.#options.consumer,
        )
        taker.restart()
        await this.#takeAll(consumer, taker)
      } catch {
        this.#faults.add('consumer_lost')
      }
      await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  async #takeAll(consumer: Consumer, taker: NatsIntake): Promise<void> {
    const messages = await consumer.consume({ max_bytes: PULL_BYTES, abort_on_missing_resource: true })
    this.#messages = messages
    const looking = setInterval(() => void this.#look(consumer, taker), LOOK_MS)
    try {
      if (this.#stop.signal.aborted) await messages.close()
      for await (const message of messages as AsyncIterable<JsMsg>) await taker.take(message)
    } finally {
      clearInterval(looking)
    }
  }

  /** Asks the server whether deliveries are missing, as long as some may be. */
  async #look(consumer: Consumer, taker: NatsIntake): Promise<void> {
    if (!taker.isSettling) return
    const info = await consumer.info().catch(() => undefined)
    if (info) taker.settle({ delivered: info.delivered.consumer_seq, unacknowledged: info.num_ack_pending })
  }
}
