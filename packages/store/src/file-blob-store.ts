import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { BlobRef, BlobStore, PutOptions } from './blob-store.ts'
import { fsyncFolder } from './durable-files.ts'
import { storeErrors } from './errors.ts'

const DIGEST = /^[0-9a-f]{64}$/
const READ_BYTES = 1 << 20

/** Files under `folder/ab/cdef...`, named by their digest. Opening removes what a crash left half-written. */
export async function openFileBlobStore(folder: string): Promise<BlobStore> {
  const incoming = join(folder, 'incoming')
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await fsyncFolder(dirname(folder))
  const path = (digest: string) => blobPath(folder, digest)
  return {
    put: (source, options = {}) => put(folder, source, options),
    has: (digest) => exists(path(digest)),
    get: (digest) => get(path(digest), digest),
    stream: (digest) => Readable.from(checkedBytes(path(digest), digest), { objectMode: false }),
    path,
  }
}

function blobPath(folder: string, digest: string): string {
  if (!DIGEST.test(digest)) throw storeErrors.blob_missing({ digest })
  return join(folder, digest.slice(0, 2), digest.slice(2))
}

async function put(
  folder: string,
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<BlobRef> {
  const incoming = join(folder, 'incoming', randomUUID())
  try {
    const ref = await writeDown(incoming, source, options)
    await moveIn(folder, incoming, ref.digest)
    return ref
  } catch (thrown) {
    await rm(incoming, { force: true })
    throw thrown
  }
}

async function writeDown(
  path: string,
  source: Uint8Array | AsyncIterable<Uint8Array>,
  { maxBytes = Number.POSITIVE_INFINITY }: PutOptions,
): Promise<BlobRef> {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      size += chunk.byteLength
      if (size > maxBytes) throw storeErrors.blob_too_large({ maxBytes })
      hash.update(chunk)
      await writeAll(file, chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { digest: hash.digest('hex'), size }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength; ) at += (await file.write(chunk, at)).bytesWritten
}

/** Also where the blob exists: the fresh copy heals a damaged one. */
async function moveIn(folder: string, incoming: string, digest: string): Promise<void> {
  const target = blobPath(folder, digest)
  const created = await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  if (created) await fsyncFolder(folder)
  await rename(incoming, target)
  await fsyncFolder(dirname(target))
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function get(path: string, digest: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((thrown) => explain(thrown, digest))
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== digest) throw storeErrors.blob_damaged({ digest })
  return bytes
}

/** The bytes as they come; a damaged blob ends in an error instead of an end. */
async function* checkedBytes(path: string, digest: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
      hash.update(chunk)
      yield chunk
    }
  } catch (thrown) {
    explain(thrown, digest)
  }
  if (hash.digest('hex') !== digest) throw storeErrors.blob_damaged({ digest })
}

function explain(thrown: unknown, digest: string): never {
  if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') throw storeErrors.blob_missing({ digest }, thrown)
  throw thrown
}
