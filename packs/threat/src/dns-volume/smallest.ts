import { STEP } from './pair-table.ts'

const BUCKETS = 2 ** 16

/**
 * The value at place `count`, counted from 1, of values in order, all below nought being -1. In steps, where a sort of a
 * million is one turn: floats that are not negative are in the order of their bits, so two counts of 16 bits each find it.
 */
export function* smallest(values: Float32Array<ArrayBuffer>, count: number): Generator<void, number> {
  const bits = new Uint32Array(values.buffer)
  const keyAt = (at: number): number => ((values[at] as number) < 0 ? 0 : (bits[at] as number) + 1)
  const upper = yield* bucketOf(values.length, count, (at) => keyAt(at) >>> 16)
  const lower = yield* bucketOf(values.length, count - upper.before, (at) =>
    keyAt(at) >>> 16 === upper.bucket ? keyAt(at) & 0xffff : NOT_COUNTED,
  )
  const key = upper.bucket * BUCKETS + lower.bucket
  return key === 0 ? -1 : (new Float32Array(Uint32Array.of(key - 1).buffer)[0] as number)
}

const NOT_COUNTED = BUCKETS

interface Bucket {
  readonly bucket: number
  /** Values in the buckets before it. */
  readonly before: number
}

function* bucketOf(length: number, count: number, bucketAt: (at: number) => number): Generator<void, Bucket> {
  const counts = new Uint32Array(BUCKETS + 1)
  for (let at = 0; at < length; at += 1) {
    const bucket = bucketAt(at)
    counts[bucket] = (counts[bucket] as number) + 1
    if (at % STEP === STEP - 1) yield
  }
  let [bucket, before] = [0, 0]
  while (bucket < BUCKETS - 1 && before + (counts[bucket] as number) < count) {
    before += counts[bucket] as number
    bucket += 1
  }
  return { bucket, before }
}
