/** Characters of a computer's name that tell its generation; the last one stays, as it tells computers of a log apart. */
const NAME_DIGITS = 3
/** Parts of `2026-01-31T23:59:59.999`: what stands between date and clock, and behind, stays as the source wrote it. */
const [DATE, CLOCK, CLOCK_END] = [10, 11, 23]
const STAMPS = /"(?:@timestamp|TimeCreated|UtcTime)":"(?=\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d{3})/g
const NAMES = /"(?:Hostname|Computer)":"[^".]{4,}(?=[".])/g

export interface Moment {
  readonly ms: number
  /** 0 to 999: computers of different generations bear different names. */
  readonly generation: number
}

/** Lines of recorded events whose times and computers are written anew, in place, each time that they are sent. */
export class MovingEvents {
  readonly #bytes: Buffer
  readonly #stamps: Float64Array
  readonly #names: Float64Array
  #stamp = 0
  #name = 0

  constructor(bytes: Buffer) {
    const text = bytes.toString('latin1')
    this.#bytes = bytes
    this.#stamps = endsOf(text, STAMPS)
    this.#names = endsOf(text, NAMES)
  }

  /** Writes a moment into the bytes from one offset to another, which follow those written last, or begin anew. */
  move(from: number, to: number, { ms, generation }: Moment): void {
    if (from === 0) this.#stamp = this.#name = 0
    const time = Buffer.from(new Date(ms).toISOString())
    for (let at = this.#stamps[this.#stamp] ?? to; at < to; at = this.#stamps[++this.#stamp] ?? to) {
      time.copy(this.#bytes, at, 0, DATE)
      time.copy(this.#bytes, at + CLOCK, CLOCK, CLOCK_END)
    }
    const digits = String(generation % 10 ** NAME_DIGITS).padStart(NAME_DIGITS, '0')
    for (let at = this.#names[this.#name] ?? to; at < to; at = this.#names[++this.#name] ?? to)
      this.#bytes.write(digits, at - 1 - NAME_DIGITS, 'latin1')
  }
}

const endsOf = (text: string, of: RegExp): Float64Array =>
  Float64Array.from(text.matchAll(of), ({ index, 0: { length } }) => index + length)
