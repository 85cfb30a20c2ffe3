import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { FsyncFileSystem } from './fsync-file-system.ts'
import { START_PARAMETERS } from './pglite-parameters.ts'
import { provesFsync } from './prove-fsync.ts'
import { testHome } from './test-home.ts'

async function open(startParams: string[]): Promise<{ database: PGlite; files: FsyncFileSystem }> {
  const files = new FsyncFileSystem(join(await testHome(), 'database'), (reason) => {
    throw new Error(reason)
  })
  return { files, database: await PGlite.create({ fs: files, startParams }) }
}

test('with the start parameters of the house every commit is one fsync at least', async () => {
  const { database, files } = await open(START_PARAMETERS)
  expect(await provesFsync(database, files)).toBe(true)
  const before = files.fsyncs
  for (let i = 0; i < 20; i += 1) await database.exec('update house_starts set starts = starts + 1')
  expect(files.fsyncs - before).toBeGreaterThanOrEqual(20)
  await database.close()
})

test('the proof fails on an engine that was told not to fsync', async () => {
  const { database, files } = await open(PGlite.defaultStartParams)
  expect(await provesFsync(database, files)).toBe(false)
  await database.close()
})
