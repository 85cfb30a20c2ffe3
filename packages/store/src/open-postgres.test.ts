import { systemClock as clock } from '@dengta/kernel'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { isOldEnoughToRefuse } from './open-postgres.ts'
import { openStore } from './open-store.ts'
import { testHome } from './test-home.ts'
import { postgresIsHere, testPostgres } from './test-postgres.ts'

test('versions before 15 are refused, and so is what is no version', () => {
  const refused = ['9.6.24', '14.19', 'unknown', ''].map(isOldEnoughToRefuse)
  expect(refused).toEqual([true, true, true, true])
  expect(['15.14 (Debian 15.14-0+deb12u1)', '18beta1'].map(isOldEnoughToRefuse)).toEqual([false, false])
})

test('a PostgreSQL that does not answer is named', async () => {
  const databaseUrl = 'postgres://nobody@127.0.0.1:1/none'
  const opening = openStore({ home: await testHome(), databaseUrl, migrations: [], clock })
  await expect(opening).rejects.toMatchObject({ code: 'store.postgres_unreachable', details: { host: '127.0.0.1' } })
})

describe.runIf(postgresIsHere())('a real PostgreSQL', () => {
  const open = async (databaseUrl: string) => openStore({ home: await testHome(), databaseUrl, migrations: [], clock })

  /** A database of its own: the house's lock is one for each database. */
  async function newDatabase(name: string): Promise<string> {
    const url = new URL(await testPostgres())
    const client = new pg.Client(url.href)
    await client.connect()
    await client.query(`drop database if exists ${name}`)
    await client.query(`create database ${name}`)
    await client.end()
    url.pathname = name
    return url.href
  }

  /** Process id of the backend that holds the house's lock on the database of `client`. */
  async function lockHolder(client: pg.Client): Promise<number | undefined> {
    const { rows } = await client.query(`select pid from pg_locks join pg_database on oid = database
      where locktype = 'advisory' and granted and datname = current_database()`)
    return rows[0]?.pid
  }

  test('a second server is refused until the first has closed', async () => {
    const url = await newDatabase('dengta_test_lock')
    const store = await open(url)
    expect(store.kind).toBe('postgres')
    await expect(open(url)).rejects.toMatchObject({ code: 'store.database_in_use' })
    await store.close()
    await (await open(url)).close()
  })

  test('a folder that began on one database is refused on another, which stays empty', async () => {
    const [home, own, other] = [
      await testHome(),
      await newDatabase('dengta_test_own'),
      await newDatabase('dengta_test_other'),
    ]
    const openHome = (databaseUrl: string) => openStore({ home, databaseUrl, migrations: [], clock })
    await (await openHome(own)).close()
    await expect(openHome(other)).rejects.toMatchObject({ code: 'store.other_database', details: { home } })
    const client = new pg.Client(other)
    await client.connect()
    expect((await client.query(`select 1 from pg_tables where schemaname = 'public'`)).rows).toEqual([])
    await client.end()
    await (await openHome(own)).close()
  })

  test('broken connections fail their own query only, and the lock is taken again', async () => {
    const url = await newDatabase('dengta_test_break')
    const store = await open(url)
    const suicide = store.transaction(async (tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx))
    await expect(suicide).rejects.toThrow('terminated')
    const killer = new pg.Client(url)
    await killer.connect()
    const before = await lockHolder(killer)
    await killer.query('select pg_terminate_backend($1)', [before])
    await expect.poll(() => lockHolder(killer), { timeout: 10_000 }).toSatisfy((pid) => pid && pid !== before)
    await killer.end()
    expect((await sql`select 1 as one`.execute(store.db())).rows).toEqual([{ one: 1 }])
    await expect(open(url)).rejects.toMatchObject({ code: 'store.database_in_use' })
    await store.close()
  })
})
