import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { checkListen, type ListenOptions } from './access.ts'
import { FaultCounter } from './fault-counter.ts'
import { ingestErrors } from './ingest-errors.ts'
import { NETWORK_LINE_BYTES } from './line-limit.ts'
import { ReadTurns, type Room } from './read-turns.ts'
import type { EventSource, Intake, SourceStatus } from './source.ts'
import { type ConnectionOwner, sayAndEnd, TcpConnection } from './tcp-connection.ts'

export interface TcpListenerOptions extends ListenOptions {
  /** All of them closing at once must not hold up the others: about 25 ms of the thread for each thousand. */
  readonly maxConnections?: number
  /** Connections that have sent nothing yet; a new one takes the place of the oldest. */
  readonly maxSilent?: number
  /**
   * Memory for the lines of all connections together, from their first byte until they are durable. Where it is used up
   * long lines wait; where unfinished ones alone use it up, the longest goes.
   */
  readonly maxHeldBytes?: number
  /** A line must be complete within this time, milliseconds. */
  readonly lineMs?: number
  /** A connection idle for longer may have to make room for a new one, milliseconds. */
  readonly idleMs?: number
  readonly now?: () => number
}

const DEFAULTS = {
  maxLineBytes: NETWORK_LINE_BYTES,
  maxConnections: 2000,
  maxSilent: 500,
  maxHeldBytes: 128 * 2 ** 20,
  lineMs: 30_000,
  idleMs: 10_000,
}
const SWEEP_MS = 1000
/** So much waits for the disk wherever lines come faster than it takes them: more than that is a queue, which gets shorter. */
const ON_THE_WAY_BYTES = 8 * 2 ** 20

/**
 * NDJSON over TCP. Lines may be poured in without a word. A sender that greets with `{"dengta":1,"stream":"name"}` is told
 * `{"acked":n}`: n lines of that stream are safe, now and whenever more are; it goes on from there after a break.
 */
export class TcpListener implements EventSource {
  readonly #options: TcpListenerOptions & typeof DEFAULTS
  readonly #now: () => number
  readonly #server: Server
  readonly #connections = new Set<TcpConnection>()
  readonly #silent = new Set<TcpConnection>()
  readonly #streams = new Map<string, TcpConnection>()
  readonly #turns = new ReadTurns(() => this.#room())
  readonly #faults = new FaultCounter()
  #heldBytes = 0
  #count = 0
  #sweeper: NodeJS.Timeout | undefined
  #intake: Intake | undefined

  /** Throws `threat_ingest.open_listener` where it would be open to others without a token. */
  constructor(options: TcpListenerOptions) {
    checkListen(options)
    this.#options = { ...DEFAULTS, ...options }
    this.#now = options.now ?? Date.now
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0
  }

  async start(intake: Intake): Promise<void> {
    this.#intake = intake
    const { port, host = '127.0.0.1' } = this.#options
    this.#server.listen({ port, host, backlog: 1024 })
    await once(this.#server, 'listening')
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweeper)
    for (const connection of this.#connections) connection.drop()
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve))
  }

  status(): SourceStatus {
    const at = `${this.#options.host ?? '127.0.0.1'}:${this.port}`
    return { kind: 'tcp', at, open: this.#connections.size, faults: this.#faults.counts }
  }

  #accept(socket: Socket): void {
    const { maxConnections } = this.#options
    if (this.#connections.size >= maxConnections && !this.#makeRoom()) {
      this.#faults.add('too_many_connections')
      socket.on('error', () => undefined)
      sayAndEnd(socket, ingestErrors.too_many_connections({ limit: maxConnections }), () => socket.destroy())
      return
    }
    this.#count += 1
    const id = `tcp ${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0} #${this.#count}`
    const connection = new TcpConnection(id, socket, this.#owner())
    this.#connections.add(connection)
    this.#silent.add(connection)
    this.#boundSilent()
  }

  /** Whoever sends something right after connecting is never hindered by a crowd that does not. */
  #boundSilent(): void {
    const limit = this.#options.maxSilent
    const [oldest] = this.#silent
    if (this.#silent.size <= limit || !oldest) return
    this.#silent.delete(oldest)
    oldest.refuse(ingestErrors.silent({ limit }))
  }

  #owner(): ConnectionOwner {
    return {
      intake: this.#intake as Intake,
      token: this.#options.token,
      maxLineBytes: this.#options.maxLineBytes,
      now: this.#now,
      takeOver: (stream, by) => this.#takeOver(stream, by),
      onFault: (name) => this.#faults.add(name),
      askTurn: (connection) => this.#turns.ask(connection),
      onHeld: (change) => this.#held(change),
      onBegun: (connection) => this.#silent.delete(connection),
      onClosed: (connection) => this.#closed(connection),
    }
  }

  /** The connection that has been idle longest gives way, if it has been for long enough. */
  #makeRoom(): boolean {
    let idlest: TcpConnection | undefined
    for (const each of this.#connections)
      if (!each.blocked && each.lastBytesMs < (idlest?.lastBytesMs ?? Number.POSITIVE_INFINITY)) idlest = each
    if (!idlest || this.#now() - idlest.lastBytesMs < this.#options.idleMs) return false
    idlest.cut('idle')
    return true
  }

  #takeOver(stream: string, by: TcpConnection): void {
    this.#streams.get(stream)?.cut('taken_over')
    this.#streams.set(stream, by)
  }

  #room(): Room {
    const { maxHeldBytes } = this.#options
    const waiting = this.#intake?.waitingBytes ?? 0
    const used = this.#heldBytes + waiting
    if (used > maxHeldBytes && waiting > ON_THE_WAY_BYTES) return 'none'
    return used > maxHeldBytes / 4 ? 'tight' : 'ample'
  }

  /** Where the unfinished lines need more memory than there is, the longest of them goes. */
  #held(change: number): void {
    this.#heldBytes += change
    if (change <= 0 || this.#heldBytes <= this.#options.maxHeldBytes) return
    let largest: TcpConnection | undefined
    for (const each of this.#connections) if (each.heldBytes > (largest?.heldBytes ?? 0)) largest = each
    largest?.cut('memory')
  }

  #sweep(): void {
    const before = this.#now() - this.#options.lineMs
    for (const each of this.#connections)
      if (!each.blocked && (each.unfinishedSinceMs ?? Number.POSITIVE_INFINITY) < before) each.cut('slow_line')
  }

  #closed(connection: TcpConnection): void {
    this.#connections.delete(connection)
    this.#silent.delete(connection)
    this.#turns.forget(connection)
    if (connection.stream !== undefined && this.#streams.get(connection.stream) === connection)
      this.#streams.delete(connection.stream)
  }
}
