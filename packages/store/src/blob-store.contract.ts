import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { BlobStore } from './blob-store.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytes = Buffer.from('灯塔 lighthouse')

async function* inPieces(whole: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size)
}

/** Every place that keeps blobs keeps these promises. */
export function blobStoreContract(make: () => Promise<BlobStore>): void {
  test('bytes come back by their digest, whole and as a stream', async () => {
    const blobs = await make()
    const ref = await blobs.put(bytes)
    expect(ref).toEqual({ digest: sha256(bytes), size: bytes.length })
    expect(await blobs.has(ref.digest)).toBe(true)
    expect(Buffer.from(await blobs.get(ref.digest))).toEqual(bytes)
    expect(await buffer(blobs.stream(ref.digest))).toEqual(bytes)
  })

  test('a source in pieces has the digest of the whole', async () => {
    const blobs = await make()
    const big = Buffer.alloc(3_000_000, 'dengta')
    const ref = await blobs.put(inPieces(big, 65_537))
    expect(ref).toEqual({ digest: sha256(big), size: big.length })
    expect((await buffer(blobs.stream(ref.digest))).equals(big)).toBe(true)
  })

  test('no bytes at all are a blob too', async () => {
    const blobs = await make()
    const { digest } = await blobs.put(new Uint8Array())
    expect(await blobs.get(digest)).toHaveLength(0)
    expect(await buffer(blobs.stream(digest))).toHaveLength(0)
  })

  test('past maxBytes nothing is kept; exactly maxBytes is allowed', async () => {
    const blobs = await make()
    const tooLarge = blobs.put(inPieces(bytes, 4), { maxBytes: bytes.length - 1 })
    await expect(tooLarge).rejects.toMatchObject({ code: 'store.blob_too_large', kind: 'limit' })
    expect(await blobs.has(sha256(bytes))).toBe(false)
    expect((await blobs.put(bytes, { maxBytes: bytes.length })).size).toBe(bytes.length)
  })

  test('a source that breaks off leaves nothing', async () => {
    const blobs = await make()
    const broken = async function* () {
      yield bytes
      throw new RangeError('the line is dead')
    }
    await expect(blobs.put(broken())).rejects.toThrow(RangeError)
    expect(await blobs.has(sha256(bytes))).toBe(false)
  })

  test('an absent blob and a name that is no digest are missing', async () => {
    const blobs = await make()
    const absent = { code: 'store.blob_missing', kind: 'not_found' }
    await expect(blobs.get('0'.repeat(64))).rejects.toMatchObject(absent)
    await expect(buffer(blobs.stream('0'.repeat(64)))).rejects.toMatchObject(absent)
    expect(() => blobs.path('../../etc/passwd')).toThrow(expect.objectContaining(absent))
    expect(() => blobs.stream('ABC')).toThrow(expect.objectContaining(absent))
  })

  test('the same bytes from many writers at once are one blob', async () => {
    const blobs = await make()
    const refs = await Promise.all(Array.from({ length: 8 }, () => blobs.put(bytes)))
    expect(new Set(refs.map(({ digest }) => digest))).toEqual(new Set([sha256(bytes)]))
    expect(Buffer.from(await blobs.get(sha256(bytes)))).toEqual(bytes)
  })
}
