import type { Socket } from 'node:net'
import type { Intake, IntakeStream } from '../source.ts'
import { LogLines } from './log-lines.ts'
import { SyslogFrames } from './syslog-frames.ts'

export interface SyslogConnectionOptions {
  /** Of its stream. */
  readonly name: string
  readonly maxMessageBytes: number
  readonly now: () => number
  readonly onFault: (name: string) => void
  /** The memory of unfinished messages has grown or shrunk. */
  readonly onHeld: (change: number) => void
  readonly onClosed: () => void
}

/** One sender of syslog over TCP. */
export class SyslogConnection {
  lastBytesMs: number
  readonly #socket: Socket
  readonly #options: SyslogConnectionOptions
  readonly #frames: SyslogFrames
  readonly #lines: LogLines
  #stream: IntakeStream | undefined
  #held = 0
  #closed = false

  constructor(socket: Socket, options: SyslogConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.#frames = new SyslogFrames(options.maxMessageBytes)
    this.#lines = new LogLines({ onFault: (name) => this.#fault(name), now: options.now })
    this.lastBytesMs = options.now()
  }

  get heldBytes(): number {
    return this.#held
  }

  /** Opens its stream and reads from then on. */
  async start(intake: Intake): Promise<void> {
    this.#socket.on('close', () => this.close())
    this.#stream = await intake.open({
      name: this.#options.name,
      resumable: false,
      onRoom: () => this.#socket.resume(),
    })
    if (this.#closed) return this.#stream.close()
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.on('end', () => this.#ended())
  }

  /** Gives out what waits for more of its kind. */
  flush(): void {
    this.#push(this.#lines.end())
  }

  close(): void {
    if (this.#closed) return
    this.flush()
    this.#closed = true
    this.#socket.destroy()
    this.#options.onHeld(-this.#held)
    this.#held = 0
    this.#stream?.close()
    this.#options.onClosed()
  }

  #take(chunk: Buffer): void {
    this.lastBytesMs = this.#options.now()
    const { messages, tooLong } = this.#frames.push(chunk)
    for (let i = 0; i < tooLong; i += 1) this.#fault('too_long')
    this.#push(messages.map((message) => this.#lines.push(message)).join(''))
    const change = this.#frames.heldBytes - this.#held
    this.#held += change
    if (change !== 0) this.#options.onHeld(change)
  }

  /** A message without its end counts: the sender has no way to send it again. */
  #ended(): void {
    const last = this.#frames.end()
    if (last !== '') this.#push(this.#lines.push(last))
    this.close()
  }

  #push(text: string): void {
    if (text === '' || this.#closed || !this.#stream) return
    const lines = text.split('\n').length - 1
    const position = this.#stream.accepted.position + lines
    if (!this.#stream.push({ pieces: [Buffer.from(text)], lines, position })) this.#socket.pause()
  }

  #fault(name: string): void {
    this.#options.onFault(name)
    this.#stream?.fault(name)
  }
}
