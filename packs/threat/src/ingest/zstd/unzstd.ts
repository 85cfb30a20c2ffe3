import { ingestErrors } from '../ingest-errors.ts'
import { newZstd, type ZstdExports } from './zstd-module.ts'

export interface UnzstdOptions {
  /** Named in errors. */
  readonly file: string
  /** Bytes unpacked from which on `maxRatio` counts. */
  readonly freeBytes?: number
  /** Bytes unpacked for each packed byte: real logs reach some hundreds, a bomb tens of thousands. */
  readonly maxRatio?: number
}

const DEFAULTS = { freeBytes: 2 ** 30, maxRatio: 1000 }

/**
 * Unpacks Zstandard (RFC 8878): several frames, skippable ones, check sums, windows up to 128 MiB. Memory is the window
 * and 256 KiB. Throws `threat_ingest.zstd_*` after all that could be unpacked was handed out.
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>, options: UnzstdOptions): AsyncGenerator<Uint8Array> {
  const { file, freeBytes, maxRatio } = { ...DEFAULTS, ...options }
  const stream = new ZstdStream(await newZstd())
  let packed = 0
  let unpacked = 0
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length || stream.isFull; ) {
      const step = stream.step(chunk, at)
      at += step.taken
      packed += step.taken
      unpacked += step.bytes.length
      if (step.bytes.length > 0) yield step.bytes
      if (step.code < 0) throw faultOf(step.code, file, packed)
      if (unpacked > freeBytes && unpacked > packed * maxRatio) throw ingestErrors.unpacks_too_large({ file, maxRatio })
    }
  }
  if (stream.inFrame) throw ingestErrors.zstd_truncated({ file, unpacked })
}

/** What the codes of libzstd mean to someone who reads logs; those not listed are damage. */
function faultOf(code: number, file: string, at: number): Error {
  if (code === -16) return ingestErrors.zstd_window({ file })
  if (code === -22) return ingestErrors.zstd_checksum({ file, at })
  if (code === -32) return ingestErrors.zstd_dictionary({ file })
  return ingestErrors.zstd_damaged({ file, at })
}

interface Step {
  /** Packed bytes used up. */
  readonly taken: number
  readonly bytes: Uint8Array
  /** Below 0 for an error. */
  readonly code: number
}

/** One stream through libzstd. Its in- and output structures are {address, size, position}, 32 bits each. */
class ZstdStream {
  readonly #zstd: ZstdExports
  readonly #context: number
  readonly #inSize: number
  readonly #outSize: number
  /** Buffers and the two structures lie one behind the other. */
  readonly #in: number
  #goesOn = false
  #isFull = false

  constructor(zstd: ZstdExports) {
    this.#zstd = zstd
    this.#context = zstd.ZSTD_createDCtx()
    this.#inSize = zstd.ZSTD_DStreamInSize()
    this.#outSize = zstd.ZSTD_DStreamOutSize()
    this.#in = zstd.malloc(this.#inSize + this.#outSize + 32)
  }

  /** True between the first byte of a frame and its last. */
  get inFrame(): boolean {
    return this.#goesOn
  }

  /** True where the last step filled its output, so that there may be more of the same input. */
  get isFull(): boolean {
    return this.#isFull
  }

  /** Unpacks as much from `chunk` as fits into the buffers; a full output is taken up by the next step. */
  step(chunk: Uint8Array, from: number): Step {
    const given = chunk.subarray(from, from + this.#inSize)
    const out = this.#in + this.#inSize
    const input = out + this.#outSize + ((4 - ((out + this.#outSize) % 4)) % 4)
    new Uint8Array(this.#zstd.memory.buffer).set(given, this.#in)
    new Uint32Array(this.#zstd.memory.buffer, input, 6).set([this.#in, given.length, 0, out, this.#outSize, 0])
    const code = this.#zstd.ZSTD_decompressStream(this.#context, input + 12, input) | 0
    // the memory may have grown, so it is looked at anew
    const ends = new Uint32Array(this.#zstd.memory.buffer, input, 6)
    const taken = ends[2] as number
    const made = ends[5] as number
    this.#goesOn = code !== 0
    this.#isFull = code > 0 && made === this.#outSize
    return { taken, bytes: new Uint8Array(this.#zstd.memory.buffer).slice(out, out + made), code }
  }
}
