import { open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fsyncFolder } from './durable-files.ts'
import { storeErrors } from './errors.ts'
import type { Store } from './store.ts'

/**
 * A folder keeps to the kind of database it began with: another one would start a second log under the same keys. Throws
 * `store.kept_in_postgres` or `store.kept_in_folder`.
 */
export async function keepKind(home: string, kind: Store['kind']): Promise<void> {
  const file = join(home, 'database.kind')
  const known = await kindIn(file)
  if (known === '') await write(file, kind)
  else if (known === 'postgres' && kind !== known) throw storeErrors.kept_in_postgres({ home })
  else if (known !== kind) throw storeErrors.kept_in_folder({ home })
}

/** Empty before the first start, and where a power cut came upon an earlier house while it wrote this file. */
async function kindIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return ''
    throw thrown
  })
}

async function write(file: string, kind: Store['kind']): Promise<void> {
  const fresh = await open(`${file}.new`, 'w', 0o600)
  try {
    await fresh.writeFile(kind)
    await fresh.sync()
  } finally {
    await fresh.close()
  }
  await rename(`${file}.new`, file)
  await fsyncFolder(dirname(file))
}
