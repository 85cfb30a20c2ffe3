import type { Intake, IntakeStream } from '../source.ts'
import { InOrder, type Look } from './in-order.ts'

/** What is needed of a message of JetStream. */
export interface NatsMessage {
  readonly data: Uint8Array
  readonly info: { readonly streamSequence: number; readonly deliverySequence: number }
  ack(): void
}

export interface NatsIntakeOptions {
  readonly intake: Intake
  /** Of the stream in the journal. */
  readonly name: string
  /** A message with more is passed over and counted. */
  readonly maxBytes: number
  readonly onFault: (name: string) => void
}

interface Received {
  readonly sequence: number
  readonly delivery: number
  readonly message: NatsMessage
}

const LINE_END = 10
const BLANK = Buffer.of(LINE_END)

/** Takes messages into the pipeline, in order and once, and acknowledges them when they are durable. */
export class NatsIntake {
  readonly #maxBytes: number
  readonly #onFault: (name: string) => void
  #stream: IntakeStream | undefined
  #order = new InOrder<Received>(0)
  /** Taken and not acknowledged, in order. */
  readonly #taken = new Map<number, NatsMessage>()
  #room: Promise<void> | undefined
  #onRoom: () => void = () => undefined
  #isOver = false

  private constructor({ maxBytes, onFault }: Pick<NatsIntakeOptions, 'maxBytes' | 'onFault'>) {
    this.#maxBytes = maxBytes
    this.#onFault = onFault
  }

  static async open({ intake, name, ...rest }: NatsIntakeOptions): Promise<NatsIntake> {
    const taker = new NatsIntake(rest)
    const onRoom = (): void => taker.#onRoom()
    const onDurable = (): void => taker.#acknowledge()
    const stream = await intake.open({ name, resumable: true, onRoom, onDurable })
    taker.#stream = stream
    taker.#order = new InOrder(stream.accepted.position)
    return taker
  }

  /** Number of the last message taken. */
  get position(): number {
    return this.#lane.accepted.position
  }

  /** True while deliveries may be missing and newer ones wait for them. */
  get isSettling(): boolean {
    return this.#order.isSettling
  }

  /** Resolves when there is room for more. Behind the end nothing is taken: the server sends it again. */
  async take(message: NatsMessage): Promise<void> {
    if (this.#isOver) return
    const { streamSequence: sequence, deliverySequence } = message.info
    const fate = this.#order.arrived({ sequence, delivery: deliverySequence, message })
    if (fate === 'take') this.#push(message)
    else if (fate === 'known') this.#again(sequence, message)
    await this.#room
  }

  /** Takes what was held, if the server has given out no more than lies here. */
  settle(look: Look): void {
    if (this.#isOver) return
    let mine = 0
    for (const { info } of this.#taken.values()) if (info.deliverySequence <= look.delivered) mine += 1
    for (const { message } of this.#order.settle(look, mine) ?? []) this.#push(message)
  }

  /** The consumer begins anew and sends again what was not acknowledged. */
  restart(): void {
    this.#order.restart()
    this.#taken.clear()
  }

  /** Takes no more, and nobody waits for room, which may never come; what was taken is still acknowledged. */
  end(): void {
    this.#isOver = true
    this.#onRoom()
  }

  close(): void {
    this.end()
    this.#stream?.close()
  }

  /** Sent again although taken: acknowledged as soon as it is durable, like the first one. */
  #again(sequence: number, message: NatsMessage): void {
    if (sequence <= this.#lane.durable.position) message.ack()
    else this.#taken.set(sequence, message)
  }

  #push(message: NatsMessage): void {
    const { data, info } = message
    const position = info.streamSequence
    const isTooLong = data.length > this.#maxBytes
    if (isTooLong) this.#onFault('too_long')
    const pieces = isTooLong ? [BLANK] : data.at(-1) === LINE_END ? [data] : [data, BLANK]
    const lines = pieces.reduce((sum, piece) => sum + lineEnds(piece), 0)
    this.#taken.set(position, message)
    if (!this.#lane.push({ pieces, lines, position })) this.#room ??= this.#nextRoom()
  }

  /** One for all who wait. */
  #nextRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRoom = () => {
        this.#room = undefined
        resolve()
      }
    })
  }

  #acknowledge(): void {
    const { position } = this.#lane.durable
    for (const [sequence, message] of this.#taken) {
      if (sequence > position) break
      this.#taken.delete(sequence)
      message.ack()
    }
  }

  get #lane(): IntakeStream {
    return this.#stream as IntakeStream
  }
}

function lineEnds(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) count += 1
  return count
}
