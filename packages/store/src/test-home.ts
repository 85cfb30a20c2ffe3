import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createPglite } from './create-pglite.ts'
import { entryFile, houseRoot } from './entry-file.ts'
import { testFolder } from './test-folder.ts'

let folder: string | undefined

/** A new data folder with an empty database in it, for `openStore` in tests; removed when the test process ends. */
export async function testHome(): Promise<string> {
  folder ??= testFolder()
  const home = await mkdtemp(join(folder, 'home-'))
  await cp(await emptyDatabase(), join(home, 'database'), { recursive: true })
  return home
}

/** One empty database for every test run of this user, as creating one takes seconds of CPU. */
async function emptyDatabase(): Promise<string> {
  const cache = join(tmpdir(), `dengta-test-cache-${userInfo().uid}`)
  const database = join(cache, recipe())
  if (existsSync(database)) return database
  await mkdir(cache, { recursive: true, mode: 0o700 })
  const making = await mkdtemp(join(cache, 'making-'))
  await createPglite(join(making, 'database'))
  await rename(join(making, 'database'), database).catch((thrown: NodeJS.ErrnoException) => {
    if (!['ENOTEMPTY', 'EEXIST'].includes(thrown.code ?? '')) throw thrown
  })
  await rm(making, { recursive: true })
  return database
}

/** Names what an empty database depends on: our program and the engine's version. */
function recipe(): string {
  const engine = join(houseRoot(), 'node_modules/@electric-sql/pglite/package.json')
  const hash = createHash('sha256')
    .update(readFileSync(entryFile('pglite-create')))
    .update(readFileSync(engine))
  return hash.digest('hex').slice(0, 16)
}
