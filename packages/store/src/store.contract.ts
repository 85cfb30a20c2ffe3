import type { Migration } from '@dengta/kernel'
import { expect, test } from 'vitest'
import type { Store } from './store.ts'
import type { TestStores } from './testing.ts'

interface Tables {
  note: { id: number; text: string }
}

const notes: Migration = { id: 'test/001-notes', sql: 'create table note (id int primary key, text text not null)' }

/** Every engine keeps these promises. */
export function storeContract({ make }: TestStores): void {
  const withStore = (work: (store: Store) => Promise<void>) => async () => {
    const store = await make([notes])
    await work(store).finally(() => store.close())
  }

  test(
    'a transaction that throws leaves nothing',
    withStore(async (store) => {
      const work = store.transaction<Tables, void>(async (tx) => {
        await tx.insertInto('note').values({ id: 1, text: 'one' }).execute()
        throw new RangeError('no')
      })
      await expect(work).rejects.toThrow(RangeError)
      expect(await store.db<Tables>().selectFrom('note').selectAll().execute()).toEqual([])
    }),
  )
}
