const PIECE_BYTES = 2 ** 16
const HALF = /\p{Surrogate}/u
/** Added to the length of a text in UTF-16. */
export const UTF16 = 2 ** 31

/** Writes numbers and texts one behind the other, little-endian, into pieces of about 64 KiB that are never moved. */
export class ByteWriter {
  readonly #pieces: Buffer[] = []
  #buffer = Buffer.allocUnsafe(PIECE_BYTES)
  #length = 0
  #closed = 0

  /** Bytes written so far. */
  get length(): number {
    return this.#closed + this.#length
  }

  number(value: number): void {
    this.#reserve(8)
    this.#length = this.#buffer.writeDoubleLE(value, this.#length)
  }

  /** An unsigned whole number below 2^32. */
  count(value: number): void {
    this.#reserve(4)
    this.#length = this.#buffer.writeUInt32LE(value, this.#length)
  }

  /** UTF-8; UTF-16 where it holds half a character, which UTF-8 cannot: events may, and must be known again. */
  text(value: string): void {
    const isHalf = HALF.test(value)
    const bytes = isHalf ? 2 * value.length : Buffer.byteLength(value)
    this.count(isHalf ? bytes + UTF16 : bytes)
    this.#reserve(bytes)
    this.#length += this.#buffer.write(value, this.#length, isHalf ? 'utf16le' : 'utf8')
  }

  /** All that another has written, behind its length, so that a reader may pass over it. The other is done with. */
  block(other: ByteWriter): void {
    this.count(other.length)
    this.#close(0)
    for (const piece of other.pieces()) this.#add(piece)
  }

  /** What was written so far, in order. */
  pieces(): readonly Buffer[] {
    this.#close(0)
    return this.#pieces
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes > this.#buffer.length) this.#close(Math.max(PIECE_BYTES, bytes))
  }

  #close(next: number): void {
    if (this.#length > 0) this.#add(this.#buffer.subarray(0, this.#length))
    this.#buffer = Buffer.allocUnsafe(next)
    this.#length = 0
  }

  #add(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#closed += piece.length
  }
}
