import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { blobStoreContract } from './blob-store.contract.ts'
import { openFileBlobStore } from './file-blob-store.ts'
import { testFolder } from './test-folder.ts'

const parent = testFolder()
const newFolder = async () => join(await mkdtemp(join(parent, 'blobs-')), 'blobs')
const bytes = Buffer.from('lighthouse')

describe('files', () => blobStoreContract(async () => openFileBlobStore(await newFolder())))

test('a blob is a private file under the first two digits of its digest', async () => {
  const folder = await newFolder()
  const blobs = await openFileBlobStore(folder)
  const { digest } = await blobs.put(bytes)
  expect(blobs.path(digest)).toBe(join(folder, digest.slice(0, 2), digest.slice(2)))
  expect((await stat(blobs.path(digest))).mode & 0o777).toBe(0o600)
  expect(await readFile(blobs.path(digest))).toEqual(bytes)
})

test('opening removes what a crash left half-written, and nothing else', async () => {
  const folder = await newFolder()
  const { digest } = await (await openFileBlobStore(folder)).put(bytes)
  await writeFile(join(folder, 'incoming', 'half'), 'lig')
  const blobs = await openFileBlobStore(folder)
  expect(await readdir(join(folder, 'incoming'))).toEqual([])
  expect(Buffer.from(await blobs.get(digest))).toEqual(bytes)
})

test('a damaged blob is told apart, and putting its bytes again heals it', async () => {
  const blobs = await openFileBlobStore(await newFolder())
  const { digest } = await blobs.put(bytes)
  await writeFile(blobs.path(digest), 'lighthousE')
  await expect(blobs.get(digest)).rejects.toMatchObject({ code: 'store.blob_damaged' })
  await expect(buffer(blobs.stream(digest))).rejects.toMatchObject({ code: 'store.blob_damaged' })
  await blobs.put(bytes)
  expect(Buffer.from(await blobs.get(digest))).toEqual(bytes)
})
