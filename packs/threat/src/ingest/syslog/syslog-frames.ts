const LINE_END = 10
const NINE = 57
const ONE = 49
const ZERO = 48
const SPACE = 32
const MAX_DIGITS = 9
const START_BYTES = 4096

export interface FoundFrames {
  readonly messages: readonly string[]
  /** Messages longer than the limit, passed over without being held. */
  readonly tooLong: number
}

/**
 * Messages of RFC 6587 out of chunks that are cut anywhere: with their number of bytes in front (octet counting) where
 * a message begins with a digit, else up to the line end. A message costs what it is long, however it trickles in.
 */
export class SyslogFrames {
  readonly #maxBytes: number
  #held: Buffer = Buffer.alloc(0)
  #heldBytes = 0
  /** Bytes of the held ones that hold no line end. */
  #searched = 0
  /** Bytes of a message that is too long and still to come; Infinity up to the next line end. */
  #skip = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Memory held for an unfinished message. */
  get heldBytes(): number {
    return this.#held.length
  }

  push(chunk: Buffer): FoundFrames {
    const messages: string[] = []
    let tooLong = 0
    const bytes = this.#joined(this.#skipped(chunk))
    let at = 0
    for (;;) {
      const found = this.#next(bytes, at)
      if (found === undefined) break
      if (found.text === undefined) tooLong += 1
      else if (found.text !== '') messages.push(found.text)
      at = found.end
    }
    this.#keep(bytes, at)
    return { messages, tooLong }
  }

  /** The last message, where it has no end. */
  end(): string {
    const text = this.#held.toString('utf8', 0, this.#heldBytes)
    this.#heldBytes = 0
    return text
  }

  #skipped(chunk: Buffer): Buffer {
    if (this.#skip === 0) return chunk
    if (this.#skip === Number.POSITIVE_INFINITY) {
      const end = chunk.indexOf(LINE_END)
      if (end < 0) return chunk.subarray(chunk.length)
      this.#skip = 0
      return chunk.subarray(end + 1)
    }
    const skipped = Math.min(this.#skip, chunk.length)
    this.#skip -= skipped
    return chunk.subarray(skipped)
  }

  #joined(chunk: Buffer): Buffer {
    if (this.#heldBytes === 0) return chunk
    this.#hold(chunk)
    return this.#held.subarray(0, this.#heldBytes)
  }

  #hold(chunk: Buffer): void {
    const needed = this.#heldBytes + chunk.length
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#held.length * 2, START_BYTES))
      this.#held.copy(larger, 0, 0, this.#heldBytes)
      this.#held = larger
    }
    chunk.copy(this.#held, this.#heldBytes)
    this.#heldBytes = needed
  }

  /** Holds what is left from `at` on. */
  #keep(bytes: Buffer, at: number): void {
    const isHeld = this.#heldBytes > 0
    if (isHeld && at === 0) return
    const rest = bytes.subarray(at)
    this.#heldBytes = 0
    if (at > 0) this.#searched = 0
    if (rest.length > 0) this.#hold(isHeld ? Buffer.from(rest) : rest)
    else if (this.#held.length > START_BYTES) this.#held = Buffer.alloc(0)
  }

  /** The message at `at` and where the next begins; without text where it is too long. */
  #next(bytes: Buffer, at: number): { text: string | undefined; end: number } | undefined {
    if (at >= bytes.length) return undefined
    const first = bytes[at] as number
    return first >= ONE && first <= NINE ? this.#counted(bytes, at) : this.#line(bytes, at)
  }

  #counted(bytes: Buffer, at: number): { text: string | undefined; end: number } | undefined {
    let size = 0
    for (let from = at; from < bytes.length; from += 1) {
      const byte = bytes[from] as number
      if (byte === SPACE) return this.#sized(bytes, from + 1, size)
      // no number of bytes: the sender ends its messages with line ends
      if (byte < ZERO || byte > NINE || from - at >= MAX_DIGITS) return this.#line(bytes, at)
      size = size * 10 + byte - ZERO
    }
    return undefined
  }

  #sized(bytes: Buffer, from: number, size: number): { text: string | undefined; end: number } | undefined {
    const end = from + size
    if (size > this.#maxBytes) {
      this.#skip = Math.max(0, end - bytes.length)
      return { text: undefined, end: Math.min(end, bytes.length) }
    }
    // some senders count and end the line as well
    return end <= bytes.length ? { text: bytes.toString('utf8', from, end).replace(/\n$/, ''), end } : undefined
  }

  #line(bytes: Buffer, at: number): { text: string | undefined; end: number } | undefined {
    const end = bytes.indexOf(LINE_END, at + (at === 0 ? this.#searched : 0))
    if (end >= 0) {
      const isTooLong = end - at > this.#maxBytes
      return { text: isTooLong ? undefined : bytes.toString('utf8', at, end), end: end + 1 }
    }
    if (bytes.length - at > this.#maxBytes) {
      this.#skip = Number.POSITIVE_INFINITY
      return { text: undefined, end: bytes.length }
    }
    if (at === 0) this.#searched = bytes.length
    return undefined
  }
}
