import { UTF16 } from './byte-writer.ts'
import { correlationErrors } from './correlation-errors.ts'

/** Reads what ByteWriter wrote. Throws bad_snapshot where it ends too early. */
export class ByteReader {
  readonly #buffer: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  number(): number {
    return this.#buffer.readDoubleLE(this.#take(8))
  }

  count(): number {
    return this.#buffer.readUInt32LE(this.#take(4))
  }

  text(): string {
    const count = this.count()
    const length = count % UTF16
    const from = this.#take(length)
    return this.#buffer.toString(count < UTF16 ? 'utf8' : 'utf16le', from, from + length)
  }

  block(): Uint8Array {
    const length = this.count()
    const from = this.#take(length)
    return this.#buffer.subarray(from, from + length)
  }

  #take(bytes: number): number {
    const from = this.#at
    this.#at += bytes
    if (this.#at > this.#buffer.length)
      throw correlationErrors.bad_snapshot({ why: { en: 'it ends too early', zh: '内容不完整' } })
    return from
  }
}
