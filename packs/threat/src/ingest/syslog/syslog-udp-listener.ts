import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { FaultCounter } from '../fault-counter.ts'
import type { EventSource, Intake, IntakeStream, SourceStatus } from '../source.ts'
import { LogLines } from './log-lines.ts'
import { type SyslogListenOptions, senderCheck } from './syslog-senders.ts'

export interface SyslogUdpOptions extends SyslogListenOptions {
  /** Asked of the system, which may give less. */
  readonly receiveBytes?: number
  readonly now?: () => number
}

const DEFAULTS = { receiveBytes: 8 * 2 ** 20, now: Date.now }
const SWEEP_MS = 1000
const MAX_BATCH = 2 ** 18

/**
 * Syslog over UDP (RFC 5426): one message a datagram. Nothing can be acknowledged or held back, so what finds no room is
 * lost; it is counted: `no_room` by us, `dropped_by_system` where the system tells (Linux).
 */
export class SyslogUdpListener implements EventSource {
  readonly #options: SyslogUdpOptions & typeof DEFAULTS
  readonly #maySend: (address: string) => boolean
  readonly #faults = new FaultCounter()
  readonly #lines: LogLines
  readonly #socket: Socket
  #stream: IntakeStream | undefined
  #waiting = ''
  #hasRoom = true
  #port = 0
  #droppedBySystem = 0
  #isClosed = false
  #lastMs = 0
  #sweeper: NodeJS.Timeout | undefined

  /** Throws `threat_ingest.open_syslog` where it would be open to others without a list of senders. */
  constructor(options: SyslogUdpOptions) {
    this.#maySend = senderCheck(options)
    this.#options = { ...DEFAULTS, ...options }
    this.#lines = new LogLines({ onFault: (name) => this.#fault(name), now: this.#options.now })
    this.#socket = createSocket({ type: isIPv6(options.host ?? '') ? 'udp6' : 'udp4' })
  }

  get port(): number {
    return this.#port
  }

  async start(intake: Intake): Promise<void> {
    const { port, host = '127.0.0.1', receiveBytes } = this.#options
    this.#socket.on('message', (bytes, { address }) => this.#take(bytes, address))
    this.#socket.bind(port, host)
    await once(this.#socket, 'listening')
    this.#socket.on('error', () => this.#fault('socket'))
    this.#socket.setRecvBufferSize(receiveBytes)
    this.#port = this.#socket.address().port
    const name = `syslog udp ${host}:${this.#port}`
    this.#stream = await intake.open({ name, resumable: false, onRoom: () => (this.#hasRoom = true) })
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweeper)
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#countDropped()
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()))
    this.#waiting += this.#lines.end()
    this.#push()
    this.#stream?.close()
  }

  status(): SourceStatus {
    const dropped = this.#droppedBySystem > 0 ? { dropped_by_system: this.#droppedBySystem } : {}
    const faults = { ...this.#faults.counts, ...dropped }
    return { kind: 'syslog-udp', at: `${this.#options.host ?? '127.0.0.1'}:${this.#port}`, open: 1, faults }
  }

  #take(bytes: Buffer, address: string): void {
    const refusal = this.#refusal(address)
    if (refusal !== undefined) {
      this.#fault(refusal)
      return
    }
    this.#lastMs = this.#options.now()
    const isFirst = this.#waiting === ''
    this.#waiting += this.#lines.push(bytes.toString('utf8').replaceAll('\n', ' ').trimEnd())
    if (this.#waiting.length > MAX_BATCH) this.#push()
    else if (isFirst) setImmediate(() => this.#push())
  }

  #refusal(address: string): string | undefined {
    if (!this.#maySend(address)) return 'not_a_sender'
    return this.#hasRoom && this.#stream ? undefined : 'no_room'
  }

  #push(): void {
    const text = this.#waiting
    if (text === '' || !this.#stream) return
    this.#waiting = ''
    const lines = text.split('\n').length - 1
    const position = this.#stream.accepted.position + lines
    this.#hasRoom = this.#stream.push({ pieces: [Buffer.from(text)], lines, position })
  }

  async #sweep(): Promise<void> {
    if (this.#lastMs < this.#options.now() - SWEEP_MS) {
      this.#waiting += this.#lines.end()
      this.#push()
    }
    await this.#countDropped()
  }

  /** The last column of the line of this port; other systems have no such file. */
  async #countDropped(): Promise<void> {
    const file = isIPv6(this.#options.host ?? '') ? '/proc/net/udp6' : '/proc/net/udp'
    const table = await readFile(file, 'utf8').catch(() => '')
    const port = this.#port.toString(16).toUpperCase().padStart(4, '0')
    const line = table.split('\n').find((each) => each.trim().split(/\s+/)[1]?.endsWith(`:${port}`))
    this.#droppedBySystem = Math.max(this.#droppedBySystem, Number(line?.trim().split(/\s+/).at(-1) ?? 0))
  }

  #fault(name: string): void {
    this.#faults.add(name)
    this.#stream?.fault(name)
  }
}
