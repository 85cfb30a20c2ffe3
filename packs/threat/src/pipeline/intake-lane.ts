import type { IntakeStream, LinePieces, StreamMark, StreamOptions } from '../ingest/source.ts'

interface LaneOwner {
  readonly push: (lane: IntakeLane, lines: LinePieces) => boolean
  readonly fault: (name: string) => void
  readonly closed: (lane: IntakeLane) => void
}

interface Waiter {
  readonly lines: number
  readonly resolve: () => void
}

/** One open stream of a `BatchIntake`: what it has brought, and how much of that is durable. */
export class IntakeLane implements IntakeStream {
  readonly name: string
  readonly resumable: boolean
  /** Bytes in memory on behalf of this stream. */
  heldBytes = 0
  /** Pushes that wait for memory. */
  backlog = 0
  readonly #options: StreamOptions
  readonly #owner: LaneOwner
  readonly #waiters: Waiter[] = []
  #accepted: StreamMark
  #durable: StreamMark
  #filled: number
  #closed = false

  constructor(options: StreamOptions, mark: StreamMark | undefined, owner: LaneOwner) {
    this.name = options.name
    this.resumable = options.resumable
    this.#options = options
    this.#owner = owner
    this.#accepted = this.#durable = mark ?? { position: 0, lines: 0 }
    this.#filled = this.#accepted.lines
  }

  get accepted(): StreamMark {
    return this.#accepted
  }

  get durable(): StreamMark {
    return this.#durable
  }

  push(lines: LinePieces): boolean {
    this.#accepted = { position: lines.position, lines: this.#accepted.lines + lines.lines }
    for (const piece of lines.pieces) this.heldBytes += piece.length
    return this.#owner.push(this, lines)
  }

  settled(): Promise<void> {
    const { lines } = this.#accepted
    if (this.#durable.lines >= lines) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ lines, resolve }))
  }

  fault(name: string): void {
    this.#owner.fault(name)
  }

  /** Resolves when a closed stream is gone; undefined while it is open. */
  get leaving(): Promise<void> | undefined {
    return this.#closed ? this.settled() : undefined
  }

  /** What was pushed before still becomes durable, and is waited for by who opens the stream again. */
  close(): void {
    this.#closed = true
    if (this.#durable.lines >= this.#accepted.lines) this.#owner.closed(this)
  }

  /** Notes lines put into a batch; answers how many lines the stream had before them. */
  filled(lines: number): number {
    this.#filled += lines
    return this.#filled - lines
  }

  becameDurable(lines: number, position: number | undefined): void {
    this.#durable = { position: position ?? this.#durable.position, lines: this.#durable.lines + lines }
    if (this.#closed) this.close()
    else this.#options.onDurable?.(this.#durable)
    while (this.#waiters[0] && this.#waiters[0].lines <= this.#durable.lines) this.#waiters.shift()?.resolve()
  }

  released(bytes: number): void {
    this.heldBytes = Math.max(0, this.heldBytes - bytes)
  }

  tellRoom(): void {
    this.#options.onRoom()
  }
}
