import type { Socket } from 'node:net'
import { AppError } from '@dengta/kernel'
import { mayIngest } from './access.ts'
import { beginsHello, type Hello, MAX_HELLO_BYTES, readHello } from './hello.ts'
import { ingestErrors } from './ingest-errors.ts'
import { LineAssembler } from './line-assembler.ts'
import type { Intake, IntakeStream } from './source.ts'

const LINE_END = 10
const NO_END = { why: 'it has no end', whyZh: '没有结尾' }
const EMPTY = Buffer.alloc(0)
const LONG_BYTES = 2 ** 16

export interface ConnectionOwner {
  readonly intake: Intake
  readonly token: string | undefined
  /** A longer line is passed over, and who greeted is told once. */
  readonly maxLineBytes: number
  readonly now: () => number
  /** Ends the connection that sends a stream now, if there is one: a sender that comes back takes over from itself. */
  readonly takeOver: (stream: string, by: TcpConnection) => void
  readonly onFault: (name: string) => void
  /** Calls `readOn` of the connection when it may be read again. */
  readonly askTurn: (connection: TcpConnection) => void
  /** The memory of unfinished lines has grown or shrunk. */
  readonly onHeld: (change: number) => void
  /** It has begun to send, or has shown who it is. */
  readonly onBegun: (connection: TcpConnection) => void
  readonly onClosed: (connection: TcpConnection) => void
}

/** One sender: greeting if need be, then lines, with acknowledgements if asked for. */
export class TcpConnection {
  readonly id: string
  /** When its last bytes came, and when its unfinished line began (undefined without one). */
  lastBytesMs: number
  unfinishedSinceMs: number | undefined
  stream: string | undefined
  readonly #socket: Socket
  readonly #owner: ConnectionOwner
  readonly #lines: LineAssembler
  #early: Buffer = EMPTY
  #intake: IntakeStream | undefined
  #wantsAcks = false
  #acked = -1
  #held = 0
  #blocked = false
  /** Since when it waits for its turn to be read. */
  #inTurnSinceMs: number | undefined
  #refused = false
  #toldTooLong = false
  #closed = false

  constructor(id: string, socket: Socket, owner: ConnectionOwner) {
    this.id = id
    this.#socket = socket
    this.#owner = owner
    this.#lines = new LineAssembler(owner.maxLineBytes)
    this.lastBytesMs = owner.now()
    this.unfinishedSinceMs = this.lastBytesMs
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('end', () => void this.#ended())
    socket.on('error', () => owner.onFault('reset'))
    socket.on('close', () => this.#close())
  }

  /** Memory held for its unfinished line. */
  get heldBytes(): number {
    return this.#held
  }

  /** True while it waits for us, not we for it. */
  get blocked(): boolean {
    return this.#blocked || this.#inTurnSinceMs !== undefined
  }

  /** Ends it for a fault, which is counted. */
  cut(fault: string): void {
    if (this.#closed) return
    this.#owner.onFault(fault)
    this.#intake?.fault(fault)
    this.drop()
  }

  /** Ends it with an error that it may read, which is counted. */
  refuse(error: unknown): void {
    this.#refused = true
    this.#early = EMPTY
    const known =
      error instanceof AppError ? error : ingestErrors.bad_hello({ why: String(error), whyZh: String(error) })
    this.#owner.onFault(known.code.split('.')[1] ?? 'refused')
    sayAndEnd(this.#socket, known, () => this.drop())
  }

  drop(): void {
    this.#socket.destroy()
    this.#close()
  }

  /** What was received still reaches the intake before the socket is closed. */
  #take(chunk: Buffer): void {
    this.lastBytesMs = this.#owner.now()
    if (this.#intake) this.#takeLines(chunk)
    else if (!this.#refused) this.#takeEarly(chunk)
  }

  #takeLines(chunk: Buffer): void {
    const intake = this.#intake as IntakeStream
    const { pieces, bytes, lines, tooLong } = this.#lines.push(chunk)
    if (tooLong > 0) this.#passedOver()
    if (bytes > 0) this.unfinishedSinceMs = undefined
    this.unfinishedSinceMs = this.#lines.unfinished ? (this.unfinishedSinceMs ?? this.lastBytesMs) : undefined
    if (bytes > 0 && !intake.push({ pieces, lines, position: intake.accepted.position + lines })) this.#block()
    this.#noteHeld()
    if (this.#held >= LONG_BYTES && !this.#blocked) this.#yield()
  }

  /** The system hands out up to 2 MiB of a socket at a time: a sender of a very long line gets one chunk a turn, with few others. */
  #yield(): void {
    this.#socket.pause()
    if (this.#inTurnSinceMs !== undefined) return
    this.#inTurnSinceMs = this.#owner.now()
    this.#owner.askTurn(this)
  }

  /** It is its turn; what it waited for us does not count against its line. */
  readOn(): void {
    const waited = this.#owner.now() - (this.#inTurnSinceMs ?? 0)
    this.#inTurnSinceMs = undefined
    if (this.unfinishedSinceMs !== undefined) this.unfinishedSinceMs += waited
    this.lastBytesMs += waited
    if (!this.#blocked && !this.#closed) this.#socket.resume()
  }

  /** The first bytes tell whether the sender greets; where a token is asked for, it must. */
  #takeEarly(chunk: Buffer): void {
    this.#early = this.#early.length > 0 ? Buffer.concat([this.#early, chunk]) : chunk
    const greets = beginsHello(this.#early)
    if (greets === undefined) return
    const end = this.#early.indexOf(LINE_END)
    if (!greets) this.#begin({}, this.#early)
    else if (end >= 0) this.#greet(this.#early.toString('utf8', 0, end), this.#early.subarray(end + 1))
    else if (this.#early.length > MAX_HELLO_BYTES) this.refuse(ingestErrors.bad_hello(NO_END))
  }

  #greet(line: string, rest: Buffer): void {
    try {
      this.#begin(readHello(line), rest)
    } catch (error) {
      this.refuse(error as AppError)
    }
  }

  #begin(hello: Hello, rest: Buffer): void {
    if (!mayIngest(this.#owner.token, hello.token)) {
      this.refuse(ingestErrors.unauthorised())
      return
    }
    this.#early = EMPTY
    this.#socket.pause()
    this.#open(hello, rest).catch((error: unknown) => this.refuse(error))
  }

  async #open({ stream, ack = false }: Hello, rest: Buffer): Promise<void> {
    if (stream !== undefined) this.#owner.takeOver(stream, this)
    this.stream = stream
    const intake = await this.#owner.intake.open({
      name: stream ?? this.id,
      resumable: stream !== undefined,
      onRoom: () => this.#unblock(),
      onDurable: () => this.#acknowledge(),
    })
    if (this.#closed) return intake.close()
    this.#intake = intake
    this.#owner.onBegun(this)
    this.#wantsAcks = ack || stream !== undefined
    if (stream !== undefined) this.#acknowledge()
    this.unfinishedSinceMs = undefined
    if (rest.length > 0) this.#takeLines(rest)
    if (!this.blocked) this.#socket.resume()
  }

  /** Counted each time; a sender that reads acknowledgements is told the first time. */
  #passedOver(): void {
    this.#fault('too_long')
    if (this.#toldTooLong || !this.#wantsAcks || this.#socket.writableEnded) return
    this.#toldTooLong = true
    const { code, text } = ingestErrors.line_too_long({ limit: this.#owner.maxLineBytes })
    this.#socket.write(`${JSON.stringify({ notice: { code, ...text } })}\n`)
  }

  /** A slow reader of acknowledgements gets the newest once it has read the last: they never pile up. */
  #acknowledge(): void {
    if (this.#socket.writableLength === 0) this.#sayDurable()
  }

  #sayDurable(): void {
    if (!this.#wantsAcks || !this.#intake || this.#socket.writableEnded) return
    const { position, lines } = this.#intake.durable
    const acked = this.stream === undefined ? lines : position // without a name no position is kept
    if (acked === this.#acked) return
    this.#acked = acked
    this.#socket.write(`{"acked":${acked}}\n`, () => this.#acknowledge())
  }

  /**
   * The sender has no more to say; it still gets its last acknowledgement, however much it has not read yet. A line without its
   * end is not taken: the sender may have been killed in the middle of it, and sends it again from the last acknowledged line.
   */
  async #ended(): Promise<void> {
    if (this.#lines.unfinished) this.#fault('unfinished_line')
    if (this.#refused) return
    if (!this.#intake || !this.#wantsAcks) return this.drop()
    await this.#intake.settled()
    this.#sayDurable()
    this.#socket.end()
  }

  #fault(name: string): void {
    this.#owner.onFault(name)
    this.#intake?.fault(name)
  }

  #block(): void {
    this.#blocked = true
    this.#socket.pause()
  }

  #unblock(): void {
    this.#blocked = false
    this.lastBytesMs = this.#owner.now()
    if (this.unfinishedSinceMs !== undefined) this.unfinishedSinceMs = this.lastBytesMs
    if (!this.blocked) this.#socket.resume()
  }

  #noteHeld(): void {
    const change = this.#lines.heldBytes - this.#held
    this.#held += change
    if (change !== 0) this.#owner.onHeld(change)
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#owner.onHeld(-this.#held)
    this.#held = 0
    this.#intake?.close()
    this.#owner.onClosed(this)
  }
}

/** Writes an error as a line of JSON and ends a connection; `done` once that has gone out. */
export function sayAndEnd(socket: Socket, { code, text }: AppError, done: () => void): void {
  socket.end(`${JSON.stringify({ error: { code, ...text } })}\n`, done)
}
