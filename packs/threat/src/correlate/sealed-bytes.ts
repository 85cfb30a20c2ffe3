import { createHash } from 'node:crypto'
import { ByteWriter } from './byte-writer.ts'
import { correlationErrors } from './correlation-errors.ts'

const DIGEST = 32

/**
 * Bytes, written in steps, with a name, which holds the version of their form, in front and a SHA-256 behind: a torn file is
 * noticed. Answers the pieces that they are when joined.
 */
export function* sealed(
  name: string,
  write: (to: ByteWriter) => Generator<void>,
): Generator<void, readonly Uint8Array[]> {
  const to = new ByteWriter()
  yield* write(to)
  const pieces = [Buffer.from(name), ...to.pieces()]
  const hash = createHash('sha256')
  for (const piece of pieces) {
    hash.update(piece)
    yield
  }
  return [...pieces, hash.digest()]
}

/** The bytes again. Throws bad_snapshot where the name or the digest is another. */
export function unseal(name: string, sealed: Uint8Array): Uint8Array {
  const body = sealed.subarray(0, Math.max(0, sealed.length - DIGEST))
  if (Buffer.from(body.subarray(0, name.length)).toString('latin1') !== name)
    throw correlationErrors.bad_snapshot({
      why: {
        en: `it does not begin with ${name}, so it is of another kind or version`,
        zh: `开头不是 ${name}，属于其他类型或版本`,
      },
    })
  if (!digest(body).equals(sealed.subarray(body.length)))
    throw correlationErrors.bad_snapshot({
      why: { en: 'it was not written to its end, or was changed', zh: '没有写完，或被改动过' },
    })
  return body.subarray(name.length)
}

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
