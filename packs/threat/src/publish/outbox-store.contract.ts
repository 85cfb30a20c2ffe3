import { describe, expect, test } from 'vitest'
import type { Delivery } from './delivery.ts'
import type { OutboxStore } from './outbox-store.ts'

const t = (minute: number) => new Date(Date.UTC(2026, 10, 22, 8, minute))
const one: Delivery = {
  ...{ id: 'msg_1', version: 1, endpoint: 'soc', body: '{}', state: 'pending', attempts: 0 },
  ...{ dueAt: t(1).toISOString(), createdAt: t(0).toISOString() },
}

/** Every implementation runs these same cases. `open` answers an empty store. */
export function outboxStoreContract(name: string, open: () => Promise<OutboxStore>): void {
  describe(`outbox store, ${name}`, () => {
    test('the same id is added once; what is due comes in order', async () => {
      const store = await open()
      await store.add(one)
      await store.add({ ...one, body: 'other' })
      await store.add({ ...one, id: 'msg_2', dueAt: t(0).toISOString() })
      await store.add({ ...one, id: 'msg_3', dueAt: t(9).toISOString() })
      expect((await store.due(t(1), 9)).map(({ id }) => id)).toEqual(['msg_2', 'msg_1'])
      expect((await store.due(t(1), 1)).map(({ id }) => id)).toEqual(['msg_2'])
      expect((await store.find('msg_1'))?.body).toBe('{}')
    })

    test('so many of each endpoint are due: one with thousands waiting leaves room for the others', async () => {
      const store = await open()
      for (let at = 0; at < 5; at += 1) await store.add({ ...one, id: `msg_${at}`, dueAt: t(at).toISOString() })
      await store.add({ ...one, id: 'msg_other', endpoint: 'other', dueAt: t(7).toISOString() })
      expect((await store.due(t(9), 2)).map(({ id }) => id)).toEqual(['msg_0', 'msg_1', 'msg_other'])
    })

    test('a stale writer loses; dead and delivered ones are not due', async () => {
      const store = await open()
      await store.add(one)
      const dead = { ...one, version: 2, state: 'dead' as const, endedAt: t(5).toISOString() }
      await store.update(dead)
      await expect(store.update(dead)).rejects.toMatchObject({ code: 'threat_publish.stale' })
      expect(await store.due(t(9), 9)).toEqual([])
      expect(await store.dead(9)).toEqual([dead])
    })
  })
}
