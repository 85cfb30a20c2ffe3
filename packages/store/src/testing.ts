import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, fixedClock, type Migration } from '@dengta/kernel'
import type { PostgresPoolClient } from 'kysely'
import { assembleStore } from './assemble-store.ts'
import type { Database } from './database.ts'
import { openPglite } from './open-pglite.ts'
import { openPostgres } from './open-postgres.ts'
import type { Store } from './store.ts'
import { testFolder } from './test-folder.ts'
import { testHome } from './test-home.ts'
import { postgresIsHere, testPostgres } from './test-postgres.ts'

export interface TestStoreOptions {
  readonly clock?: Clock
  readonly log?: (line: string) => void
}

export interface TestStores {
  readonly name: 'PGlite' | 'PostgreSQL'
  /** An empty store of its own (a schema of one shared database, its own blobs); failed jobs rest 1 ms. Close it after the test. */
  make(migrations: readonly Migration[], options?: TestStoreOptions): Promise<Store>
}

let folder: string | undefined
let made = 0

/** The engines to run a contract suite on: `for (const { name, make } of testStores()) describe(name, ...)`. */
export function testStores(): readonly TestStores[] {
  const embedded: TestStores = {
    name: 'PGlite',
    make: async (migrations, options) => make(await sharedPglite(), migrations, options),
  }
  if (!postgresIsHere()) {
    console.log('SKIPPED on PostgreSQL: set TEST_DATABASE_URL or install postgresql')
    return [embedded]
  }
  const real: TestStores = {
    name: 'PostgreSQL',
    make: async (migrations, options) => make(await sharedPostgres(), migrations, options),
  }
  return [embedded, real]
}

const sharedPglite = once(async () => openPglite(join(await testHome(), 'database'), console.error))
const sharedPostgres = once(async () => openPostgres(await testPostgres(), console.error))

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

async function make(
  shared: Database,
  migrations: readonly Migration[],
  options: TestStoreOptions = {},
): Promise<Store> {
  folder ??= testFolder()
  const home = await mkdtemp(join(folder, 'home-'))
  made += 1
  const database = await openSchema(shared, `test_${process.pid}_${made}_${Date.now()}`)
  const store = await assembleStore(database, {
    home,
    migrations,
    clock: options.clock ?? fixedClock('2026-11-22T08:00:00Z'),
    log: options.log ?? (() => undefined),
    restMs: [1, 1],
  })
  return { ...store, close: () => store.close().finally(() => rm(home, { recursive: true })) }
}

/** The schema that a connection of a shared database stands in. */
const standsIn = new WeakMap<PostgresPoolClient, string>()

/** A database of its own for one test: a schema, entered whenever a connection is taken. */
async function openSchema(shared: Database, schema: string): Promise<Database> {
  const query = async (text: string) => {
    const client = await shared.pool.connect()
    await client.query(text, []).finally(() => client.release())
  }
  await query(`create schema ${schema}`)
  const connect = async () => {
    const client = await shared.pool.connect()
    if (standsIn.get(client) !== schema) await client.query(`set search_path to ${schema}`, [])
    standsIn.set(client, schema)
    return client
  }
  return {
    kind: shared.kind,
    pool: { connect, end: () => Promise.resolve() },
    close: () => query(`drop schema ${schema} cascade`),
  }
}
