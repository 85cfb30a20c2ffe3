import { hex } from './bytes.ts'

/** DER SubjectPublicKeyInfo up to the key bits: Ed25519 (RFC 8410), and SM2 as an uncompressed point (GM/T 0009). */
const ED25519_PREFIX = '302a300506032b6570032100'
const SM2_PREFIX = '3059301306072a8648ce3d020106082a811ccf5501822d03420004'
const ED25519_BYTES = 32
const SM2_BYTES = 64

/** The y coordinates of the points whose order divides 8, little-endian: signatures of such keys prove nothing. */
const SMALL_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
])

/** The 32 bytes of an Ed25519 key; undefined for any other key, other spelling, or key of small order. */
export function rawEd25519(spki: Uint8Array): Uint8Array | undefined {
  const raw = bitsAfter(spki, ED25519_PREFIX, ED25519_BYTES)
  if (raw === undefined) return undefined
  const y = raw.with(31, raw[31]! & 0x7f)
  return isBelowPrime(y) && !SMALL_ORDER.has(hex(y)) ? raw : undefined
}

export function isSm2(spki: Uint8Array): boolean {
  return bitsAfter(spki, SM2_PREFIX, SM2_BYTES) !== undefined
}

function bitsAfter(spki: Uint8Array, prefix: string, count: number): Uint8Array | undefined {
  const start = prefix.length / 2
  return spki.length === start + count && hex(spki.subarray(0, start)) === prefix ? spki.subarray(start) : undefined
}

/** RFC 8032 §5.1.3: y is below 2^255 - 19, else the key would have a second spelling. */
function isBelowPrime(y: Uint8Array): boolean {
  return y[0]! < 0xed || y[31]! < 0x7f || y.subarray(1, 31).some((byte) => byte < 0xff)
}
