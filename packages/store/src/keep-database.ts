import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PostgresPool } from 'kysely'
import { readIfThere, replaceDurably } from './durable-files.ts'
import { storeErrors } from './errors.ts'

const TABLE = 'create table if not exists house_database (one boolean primary key default true check (one), name text)'
const FIRST = 'insert into house_database (name) values ($1) on conflict do nothing'
const NAME = 'select name from house_database'

/**
 * A folder keeps to the very database it began with, known by a random name that stands in both: on another one the hidden rows
 * of the folder would pass for left-overs, and its keys would sign a second log. Throws `store.other_database`.
 */
export async function keepDatabase(home: string, pool: PostgresPool): Promise<void> {
  const file = join(home, 'database.name')
  const known = await readIfThere(file)
  const found = known === '' ? await nameDatabase(pool) : await nameOf(pool)
  if (known === '') await replaceDurably(file, found)
  else if (found !== known) throw storeErrors.other_database({ home })
}

async function nameDatabase(pool: PostgresPool): Promise<string> {
  await query(pool, TABLE)
  await query(pool, FIRST, randomUUID())
  return nameOf(pool)
}

/** Empty where the database has none; a foreign one is only looked at. */
async function nameOf(pool: PostgresPool): Promise<string> {
  const [{ known }] = (await query(pool, `select to_regclass('house_database') is not null as known`)) as [
    { readonly known: boolean },
  ]
  const [row] = known ? ((await query(pool, NAME)) as readonly { readonly name: string }[]) : []
  return row?.name ?? ''
}

async function query(pool: PostgresPool, text: string, ...values: readonly string[]): Promise<readonly unknown[]> {
  const client = await pool.connect()
  try {
    return (await client.query<unknown>(text, values)).rows
  } finally {
    client.release()
  }
}
