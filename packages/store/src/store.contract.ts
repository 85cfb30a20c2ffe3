import { setTimeout as sleep } from 'node:timers/promises'
import type { Migration } from '@dengta/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Store } from './store.ts'
import type { TestStores } from './testing.ts'

interface Tables {
  note: { id: number; text: string }
}

const notes: Migration = { id: 'test/001-notes', sql: 'create table note (id int primary key, text text not null)' }

const insertNote = (store: Store, id: number, text: string) =>
  store.transaction<Tables, void>(async (tx) => {
    await tx.insertInto('note').values({ id, text }).execute()
  })

const allNotes = (store: Store) => store.db<Tables>().selectFrom('note').selectAll().orderBy('id').execute()

/** Every engine keeps these promises. */
export function storeContract({ make }: TestStores): void {
  const withStore = (work: (store: Store) => Promise<void>) => async () => {
    const store = await make([notes])
    await work(store).finally(() => store.close())
  }

  test(
    'a transaction answers what its work answers, and its rows are there',
    withStore(async (store) => {
      const answer = await store.transaction<Tables, number>(async (tx) => {
        await tx.insertInto('note').values({ id: 1, text: '灯塔' }).execute()
        return 7
      })
      expect(answer).toBe(7)
      expect(await allNotes(store)).toEqual([{ id: 1, text: '灯塔' }])
    }),
  )

  test(
    'a transaction that throws leaves nothing and the store goes on',
    withStore(async (store) => {
      const work = store.transaction<Tables, void>(async (tx) => {
        await tx.insertInto('note').values({ id: 1, text: 'one' }).execute()
        throw new RangeError('no')
      })
      await expect(work).rejects.toThrow(RangeError)
      await insertNote(store, 2, 'two')
      expect(await allNotes(store)).toEqual([{ id: 2, text: 'two' }])
    }),
  )

  test(
    'a failed statement carries the code and the constraint of PostgreSQL',
    withStore(async (store) => {
      await insertNote(store, 1, 'one')
      await expect(insertNote(store, 1, 'again')).rejects.toMatchObject({ code: '23505', constraint: 'note_pkey' })
      expect(await allNotes(store)).toEqual([{ id: 1, text: 'one' }])
    }),
  )

  test(
    'the outer handle and a second transaction fail at once inside a transaction',
    withStore(async (store) => {
      const outer = store.transaction(async () => allNotes(store))
      await expect(outer).rejects.toMatchObject({ code: 'store.outside_transaction' })
      const nested = store.transaction(async () => insertNote(store, 1, 'one'))
      await expect(nested).rejects.toMatchObject({ code: 'store.outside_transaction' })
      expect(await allNotes(store)).toEqual([])
    }),
  )

  test(
    'what a transaction started and left running may use the store after the commit',
    withStore(async (store) => {
      let later: Promise<unknown> = Promise.resolve()
      await store.transaction(async () => {
        later = sleep(20).then(() => allNotes(store))
      })
      expect(await later).toEqual([])
    }),
  )

  test(
    'many transactions at once neither mix nor deadlock',
    withStore(async (store) => {
      await Promise.all(Array.from({ length: 40 }, (_, id) => insertNote(store, id, `note ${id}`)))
      const found = await Promise.all(
        Array.from({ length: 40 }, (_, id) =>
          store.db<Tables>().selectFrom('note').select('text').where('id', '=', id).executeTakeFirst(),
        ),
      )
      expect(found).toEqual(Array.from({ length: 40 }, (_, id) => ({ text: `note ${id}` })))
    }),
  )

  test(
    'values come back alike: bigint as text, time as Date, jsonb and arrays parsed, bytes as bytes',
    withStore(async (store) => {
      const { rows } = await sql`select ${'9007199254740993'}::bigint as big, ${'{"a":[1]}'}::jsonb as json,
        ${['x', 'y']}::text[] as list, ${Buffer.from([0, 255])}::bytea as bytes,
        '2026-11-22T08:00:00Z'::timestamptz as at`.execute(store.db())
      expect(rows[0]).toEqual({
        big: '9007199254740993',
        json: { a: [1] },
        list: ['x', 'y'],
        bytes: Buffer.from([0, 255]),
        at: new Date('2026-11-22T08:00:00Z'),
      })
    }),
  )

  test(
    'a megabyte goes in and out whole',
    withStore(async (store) => {
      const long = 'é'.repeat(1 << 20)
      await insertNote(store, 1, long)
      expect((await allNotes(store))[0]?.text === long).toBe(true)
    }),
  )
}
