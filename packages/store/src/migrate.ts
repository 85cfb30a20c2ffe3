import { type Clock, type Migration, sha256Hex, utf8 } from '@dengta/kernel'
import { type Kysely, sql } from 'kysely'
import { storeErrors } from './errors.ts'

interface Applied {
  readonly id: string
  readonly sha256: string
}

/** Steps of `migrations` that `applied` lacks, in order. Throws where the database and the code tell different histories. */
export function pendingMigrations(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.id, fingerprint(migration)]))
  for (const { id, sha256 } of applied) {
    if (!known.has(id)) throw storeErrors.migration_unknown({ id })
    if (known.get(id) !== sha256) throw storeErrors.migration_changed({ id })
  }
  const done = new Set(applied.map(({ id }) => id))
  return migrations.filter(({ id }) => !done.has(id))
}

/** Brings the database up to date, each step in its own transaction. The caller holds the lock. */
export async function migrate(db: Kysely<unknown>, migrations: readonly Migration[], clock: Clock): Promise<void> {
  await sql`create table if not exists house_migrations (
    id text primary key, sha256 text not null, applied_at timestamptz not null)`.execute(db)
  const { rows } = await sql<Applied>`select id, sha256 from house_migrations`.execute(db)
  for (const migration of pendingMigrations(migrations, rows)) await applyOne(db, migration, clock)
}

async function applyOne(db: Kysely<unknown>, migration: Migration, clock: Clock): Promise<void> {
  try {
    await db.transaction().execute(async (tx) => {
      await sql.raw(migration.sql).execute(tx)
      await sql`insert into house_migrations (id, sha256, applied_at)
        values (${migration.id}, ${fingerprint(migration)}, ${clock.now()})`.execute(tx)
    })
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw storeErrors.migration_failed({ id: migration.id, reason }, thrown)
  }
}

function fingerprint(migration: Migration): string {
  return sha256Hex(utf8(migration.sql))
}
