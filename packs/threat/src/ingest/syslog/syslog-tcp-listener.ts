import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { FaultCounter } from '../fault-counter.ts'
import type { EventSource, Intake, SourceStatus } from '../source.ts'
import { SyslogConnection } from './syslog-connection.ts'
import { type SyslogListenOptions, senderCheck } from './syslog-senders.ts'

export interface SyslogTcpOptions extends SyslogListenOptions {
  readonly maxConnections?: number
  /** A longer message is passed over and counted. */
  readonly maxMessageBytes?: number
  /** Memory for the unfinished messages of all connections together. */
  readonly maxHeldBytes?: number
  readonly now?: () => number
}

const DEFAULTS = { maxConnections: 1000, maxMessageBytes: 2 ** 20, maxHeldBytes: 64 * 2 ** 20, now: Date.now }
const SWEEP_MS = 1000

/**
 * Syslog over TCP (RFC 6587, both framings). The protocol has no acknowledgements: what a sender has handed to its
 * system when this process is killed may be lost. Without room it is read no further, so the sender waits.
 */
export class SyslogTcpListener implements EventSource {
  readonly #options: SyslogTcpOptions & typeof DEFAULTS
  readonly #maySend: (address: string) => boolean
  readonly #server: Server
  readonly #connections = new Set<SyslogConnection>()
  readonly #faults = new FaultCounter()
  #heldBytes = 0
  #count = 0
  #sweeper: NodeJS.Timeout | undefined
  #intake: Intake | undefined

  /** Throws `threat_ingest.open_syslog` where it would be open to others without a list of senders. */
  constructor(options: SyslogTcpOptions) {
    this.#maySend = senderCheck(options)
    this.#options = { ...DEFAULTS, ...options }
    this.#server = createServer((socket) => void this.#accept(socket))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0
  }

  async start(intake: Intake): Promise<void> {
    this.#intake = intake
    const { port, host = '127.0.0.1' } = this.#options
    this.#server.listen({ port, host })
    await once(this.#server, 'listening')
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweeper)
    for (const connection of this.#connections) connection.close()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }

  status(): SourceStatus {
    const at = `${this.#options.host ?? '127.0.0.1'}:${this.port}`
    return { kind: 'syslog-tcp', at, open: this.#connections.size, faults: this.#faults.counts }
  }

  async #accept(socket: Socket): Promise<void> {
    socket.on('error', () => this.#faults.add('reset'))
    const refusal = this.#refusal(socket)
    if (refusal !== undefined) {
      this.#faults.add(refusal)
      socket.destroy()
      return
    }
    this.#count += 1
    const connection = new SyslogConnection(socket, {
      name: `syslog ${socket.remoteAddress}:${socket.remotePort} #${this.#count}`,
      maxMessageBytes: this.#options.maxMessageBytes,
      now: this.#options.now,
      onFault: (name) => this.#faults.add(name),
      onHeld: (change) => this.#held(change),
      onClosed: () => this.#connections.delete(connection),
    })
    this.#connections.add(connection)
    await connection.start(this.#intake as Intake)
  }

  #refusal(socket: Socket): string | undefined {
    if (!this.#maySend(socket.remoteAddress ?? '')) return 'not_a_sender'
    return this.#connections.size >= this.#options.maxConnections ? 'too_many_connections' : undefined
  }

  /** Where unfinished messages need more memory than there is, the connection with the largest goes. */
  #held(change: number): void {
    this.#heldBytes += change
    if (change <= 0 || this.#heldBytes <= this.#options.maxHeldBytes) return
    const largest = [...this.#connections].sort((one, other) => other.heldBytes - one.heldBytes)[0]
    this.#faults.add('memory')
    largest?.close()
  }

  /** Audit records wait for more of their event: not longer than until the connection has been quiet for a second. */
  #sweep(): void {
    const before = this.#options.now() - SWEEP_MS
    for (const connection of this.#connections) if (connection.lastBytesMs < before) connection.flush()
  }
}
