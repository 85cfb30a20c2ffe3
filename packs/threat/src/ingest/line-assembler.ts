import { withBlankMark } from './byte-order-mark.ts'
import { FILE_LINE_BYTES } from './line-limit.ts'

const LINE_END = 10
/** A buffer up to this size is kept for the next line. */
const SMALL = 8192
const EMPTY = Buffer.alloc(0)
const BLANK = Buffer.of(LINE_END)

export interface AssembledLines {
  readonly pieces: readonly Uint8Array[]
  readonly bytes: number
  readonly lines: number
  /** Lines longer than the limit, passed over without being held; each stands as an empty line, so that counts stay true. */
  readonly tooLong: number
}

const NOTHING: AssembledLines = { pieces: [], bytes: 0, lines: 0, tooLong: 0 }

/**
 * Puts whole lines together from chunks that are cut anywhere. What is left over is copied into one buffer that grows
 * by doubling, so neither a chunk is held nor does a line that trickles in byte by byte cost more than its length.
 */
export class LineAssembler {
  readonly #maxLineBytes: number
  #kept: Buffer = EMPTY
  #keptBytes = 0
  #dropping = false
  #isFirst = true

  constructor(maxLineBytes: number = FILE_LINE_BYTES) {
    this.#maxLineBytes = maxLineBytes
  }

  /** Memory held for an unfinished line. */
  get heldBytes(): number {
    return this.#kept.length
  }

  /** True in the middle of a line. */
  get unfinished(): boolean {
    return this.#keptBytes > 0 || this.#dropping
  }

  /** The whole lines that this chunk completes. The pieces hold from then on. */
  push(received: Buffer): AssembledLines {
    const chunk = this.#isFirst ? withBlankMark(received) : received
    this.#isFirst = false
    const end = chunk.lastIndexOf(LINE_END)
    if (end < 0) {
      this.#keep(chunk)
      return NOTHING
    }
    const first = chunk.indexOf(LINE_END)
    const tooLong = this.#dropping || this.#keptBytes + first > this.#maxLineBytes
    const head = tooLong ? BLANK : this.#takeKept()
    const body = chunk.subarray(tooLong ? first + 1 : 0, end + 1)
    this.#restart()
    this.#keep(chunk.subarray(end + 1))
    const pieces = head.length > 0 ? [head, body] : [body]
    const lines = countLines(body) + (tooLong ? 1 : 0)
    return { pieces, bytes: head.length + body.length, lines, tooLong: tooLong ? 1 : 0 }
  }

  /** The last line, where the stream ended without a line end. */
  end(): AssembledLines {
    if (!this.unfinished) return NOTHING
    const tooLong = this.#dropping ? 1 : 0
    const kept = this.#takeKept()
    this.#restart()
    return { pieces: [kept, BLANK], bytes: kept.length + 1, lines: 1, tooLong }
  }

  /** Hands the kept bytes out; a small buffer is used again, so of that one a copy. */
  #takeKept(): Buffer {
    if (this.#keptBytes === 0) return EMPTY
    const kept = this.#kept.subarray(0, this.#keptBytes)
    return this.#kept.length > SMALL ? kept : Buffer.from(kept)
  }

  #restart(): void {
    if (this.#kept.length > SMALL) this.#kept = EMPTY
    this.#keptBytes = 0
    this.#dropping = false
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0 || this.#dropping) return
    const needed = this.#keptBytes + rest.length
    if (needed > this.#maxLineBytes) {
      this.#restart()
      this.#dropping = true
      return
    }
    if (needed > this.#kept.length) this.#grow(needed)
    rest.copy(this.#kept, this.#keptBytes)
    this.#keptBytes = needed
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#kept.length * 2, 2048))
    this.#kept.copy(larger, 0, 0, this.#keptBytes)
    this.#kept = larger
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) lines += 1
  return lines
}
