import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dataSetErrors as errors } from './data-set-errors.ts'
import { decodeSealed, encodeSealed } from './sealed-format.ts'
import type { SealedStore } from './sealed-store.ts'

const COLUMNS = 'columns.bin'
const SECRET = 'secret'
const UNFINISHED = '.unfinished-'

/** One folder a data set under `<home>/sealed`, readable by the house's own user only: `columns.bin` and `secret`. */
export function fileSealedStore(home: string): SealedStore {
  const root = join(home, 'sealed')
  const folderOf = (dataset: string): string => join(root, dataset)
  return {
    write: async (dataset, sealed) => {
      const unfinished = join(root, UNFINISHED + dataset)
      await mkdir(root, { recursive: true, mode: 0o700 })
      await mkdir(unfinished, { mode: 0o700 })
      const columns = encodeSealed(sealed)
      await writeFile(join(unfinished, COLUMNS), columns)
      await writeFile(join(unfinished, SECRET), [sealed.secret])
      await syncFolder(unfinished)
      await rename(unfinished, folderOf(dataset))
      await syncFolder(root)
      return digestOf([...columns, sealed.secret])
    },
    read: async (dataset, digest) => {
      const folder = folderOf(dataset)
      const [columns, secret] = await Promise.all([
        readFile(join(folder, COLUMNS)),
        readFile(join(folder, SECRET)),
      ]).catch((cause: unknown) => {
        throw errors.sealed_missing({ dataset }, cause)
      })
      if (digestOf([columns, secret]) !== digest) throw errors.sealed_damaged({ dataset })
      return { ...decodeSealed(columns), secret }
    },
    remove: (dataset) => rm(folderOf(dataset), { recursive: true, force: true }),
    clean: async (keep) => {
      await mkdir(root, { recursive: true, mode: 0o700 })
      const known = new Set(keep)
      const left = (await readdir(root)).filter((name) => !known.has(name))
      await Promise.all(left.map((name) => rm(join(root, name), { recursive: true, force: true })))
    },
  }
}

async function writeFile(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for (const piece of pieces) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function digestOf(pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
