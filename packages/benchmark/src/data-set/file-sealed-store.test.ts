import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileSealedStore } from './file-sealed-store.ts'
import { numberTable, sequence } from './sample-table.ts'
import type { Sealed } from './sealed-store.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'dengta-sealed-'))
})
afterEach(() => rm(home, { recursive: true }))

const random = sequence(2)
const sealed: Sealed = {
  table: {
    ...numberTable({ a: Array.from({ length: 7 }, random), b: [1, Number.NaN, 3, 4, 5, 6, 7] }),
    categories: new Map([['k', { codes: Int32Array.of(0, 1, -1, 0, 1, 0, 1), labels: ['红', 'b"'] }]]),
  },
  hidden: Uint8Array.of(0, 1, 0, 1, 0, 1, 1),
  secret: new Uint8Array(32).fill(3),
}

test('gives back what was sealed, in folders that only the house may enter', async () => {
  const store = fileSealedStore(home)
  const digest = await store.write('data_1', sealed)
  expect(await store.read('data_1', digest)).toEqual({ ...sealed, secret: Buffer.from(sealed.secret) })
  const modeOf = async (path: string) => ((await stat(join(home, 'sealed', path))).mode & 0o777).toString(8)
  expect(await Promise.all(['.', 'data_1', 'data_1/columns.bin', 'data_1/secret'].map(modeOf))).toEqual([
    '700',
    '700',
    '600',
    '600',
  ])
})

test('a changed byte and a lost file are told apart', async () => {
  const store = fileSealedStore(home)
  const digest = await store.write('data_1', sealed)
  const path = join(home, 'sealed/data_1/columns.bin')
  const bytes = await readFile(path)
  bytes[bytes.length - 9]! ^= 1
  await writeFile(path, bytes)
  await expect(store.read('data_1', digest)).rejects.toMatchObject({ code: 'data_set.sealed_damaged' })
  await store.remove('data_1')
  await expect(store.read('data_1', digest)).rejects.toMatchObject({ code: 'data_set.sealed_missing' })
})

test('what a crash left behind is removed, the rest stays', async () => {
  const store = fileSealedStore(home)
  await store.write('data_1', sealed)
  await store.write('data_2', sealed)
  await mkdir(join(home, 'sealed/.unfinished-data_3'))
  await store.clean(['data_2', 'data_9'])
  expect(await readdir(join(home, 'sealed'))).toEqual(['data_2'])
})
