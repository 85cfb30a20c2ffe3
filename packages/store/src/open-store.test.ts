import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock as clock, type Migration } from '@dengta/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { testHome } from './test-home.ts'

const notes: Migration = { id: 'test/001', sql: 'create table note (text text)' }

test('what was written is there after closing and opening again', async () => {
  const home = await testHome()
  const first = await openStore({ home, migrations: [notes], clock })
  expect(first.kind).toBe('pglite')
  await sql`insert into note values ('one')`.execute(first.db())
  const { digest } = await first.blobs.put(Buffer.from('blob'))
  await first.close()
  const second = await openStore({ home, migrations: [notes], clock })
  expect((await sql`select text from note`.execute(second.db())).rows).toEqual([{ text: 'one' }])
  expect(await second.blobs.has(digest)).toBe(true)
  await second.close()
})

test('a folder that is open is locked, even under another name, and free again after closing', async () => {
  const home = await testHome()
  const store = await openStore({ home, migrations: [], clock })
  const again = openStore({ home: join(home, '..', home.split('/').at(-1)!), migrations: [], clock })
  await expect(again).rejects.toMatchObject({ code: 'store.locked', details: { pid: String(process.pid) } })
  await store.close()
  await (await openStore({ home, migrations: [], clock })).close()
})

test('an opening that fails lets go of the folder', async () => {
  const home = await testHome()
  const broken: Migration = { id: 'test/001', sql: 'no such statement' }
  await expect(openStore({ home, migrations: [broken], clock })).rejects.toMatchObject({
    code: 'store.migration_failed',
  })
  await (await openStore({ home, migrations: [], clock })).close()
})

test('a folder keeps to the kind of database that it began with', async () => {
  const home = await testHome()
  await (await openStore({ home, migrations: [], clock })).close()
  const elsewhere = openStore({ home, migrations: [], clock, databaseUrl: 'postgres://127.0.0.1:9/none' })
  await expect(elsewhere).rejects.toMatchObject({ code: 'store.kept_in_folder' })
  await writeFile(join(home, 'database.kind'), 'postgres')
  await expect(openStore({ home, migrations: [], clock })).rejects.toMatchObject({ code: 'store.kept_in_postgres' })
})

test('a first start that a power cut ended before the kind was on the disk is gone on with', async () => {
  const home = await testHome()
  await writeFile(join(home, 'database.kind'), '')
  await (await openStore({ home, migrations: [], clock })).close()
  const elsewhere = openStore({ home, migrations: [], clock, databaseUrl: 'postgres://127.0.0.1:9/none' })
  await expect(elsewhere).rejects.toMatchObject({ code: 'store.kept_in_folder' })
})

test('a folder keeps to the very database that it began with, and leaves another one as it is', async () => {
  const [home, other] = [await testHome(), await testHome()]
  for (const folder of [home, home, other])
    await (await openStore({ home: folder, migrations: [notes], clock })).close()
  for (const database of ['new', 'of another folder']) {
    await rm(join(home, 'database'), { recursive: true })
    const from = database === 'new' ? await testHome() : other
    await cp(join(from, 'database'), join(home, 'database'), { recursive: true })
    await expect(openStore({ home, migrations: [notes], clock })).rejects.toMatchObject({
      code: 'store.other_database',
    })
  }
  await (await openStore({ home: other, migrations: [notes], clock })).close()
})

test('a new folder gets a database, and what a kill left half-made is gone', async () => {
  const home = await testHome()
  await rm(join(home, 'database'), { recursive: true })
  await mkdir(join(home, 'database.new-1'))
  await writeFile(join(home, 'database.new-1', 'PG_VERSION'), '18')
  const store = await openStore({ home, migrations: [], clock })
  expect((await sql`select 1 as one`.execute(store.db())).rows).toEqual([{ one: 1 }])
  await store.close()
  expect((await readdir(home)).sort()).toEqual(['blobs', 'database', 'database.kind', 'database.name'])
})

test('a folder that is no database is refused with its path', async () => {
  const home = await testHome()
  await rm(join(home, 'database', 'global'), { recursive: true })
  const opening = openStore({ home, migrations: [], clock })
  await expect(opening).rejects.toMatchObject({ code: 'store.database_broken' })
  expect(existsSync(join(home, 'database', 'PG_VERSION'))).toBe(true)
})

test('an engine that panics ends every query with an error, and the log says so', async () => {
  const home = await testHome()
  const lines: string[] = []
  const store = await openStore({ home, migrations: [], clock, log: (line) => lines.push(line) })
  await rm(join(home, 'database', 'global', 'pg_control'))
  await expect(sql`checkpoint`.execute(store.db())).rejects.toThrow('pg_control')
  await expect(sql`select 1`.execute(store.db())).rejects.toMatchObject({ code: 'store.database_stopped' })
  expect(lines.join()).toContain('the database stopped')
  await store.close()
})
