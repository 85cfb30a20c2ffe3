import type { Migration } from '@dengta/kernel'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { jobMigration } from './job-rows.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { testStores } from './testing.ts'

const clock = { now: () => new Date('2026-11-22T08:00:00Z') }
const one: Migration = { id: 'a/001', sql: 'create table one (id int); create table two (id int)' }
const next: Migration = { id: 'a/002', sql: 'insert into one values (1)' }
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

describe('what is pending', () => {
  const empty: Migration = { id: 'a/000', sql: '' }

  test('steps not yet applied, in the given order', () => {
    expect(pendingMigrations([empty, one, next], [{ id: 'a/000', sha256: EMPTY_SHA256 }])).toEqual([one, next])
  })

  test('a step that was changed after it had been applied is refused', () => {
    expect(() => pendingMigrations([one], [{ id: 'a/001', sha256: EMPTY_SHA256 }])).toThrow(
      expect.objectContaining({ code: 'store.migration_changed' }),
    )
  })

  test('a step that only a newer house knows is refused', () => {
    expect(() => pendingMigrations([one], [{ id: 'z/009', sha256: EMPTY_SHA256 }])).toThrow(
      expect.objectContaining({ code: 'store.migration_unknown' }),
    )
  })
})

for (const { name, make } of testStores()) {
  describe(name, () => {
    test('steps of several statements are applied once and noted with the time', async () => {
      const store = await make([one, next])
      const { rows } = await sql`select id, applied_at from house_migrations where id like 'a/%' order by id`.execute(
        store.db(),
      )
      expect(rows).toEqual([
        { id: 'a/001', applied_at: clock.now() },
        { id: 'a/002', applied_at: clock.now() },
      ])
      await store.close()
    })

    test('a step that fails is undone whole and named', async () => {
      const store = await make([])
      const broken: Migration = { id: 'a/003', sql: 'create table three (id int); select 1/0' }
      const failing = migrate(store.db(), [jobMigration, broken], clock)
      await expect(failing).rejects.toMatchObject({ code: 'store.migration_failed', details: { id: 'a/003' } })
      const { rows } = await sql`select to_regclass('three') as found`.execute(store.db())
      expect(rows).toEqual([{ found: null }])
      await store.close()
    })
  })
}
