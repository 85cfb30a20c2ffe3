import { describe, expect, test } from 'vitest'
import { actOnTicket, newTicket } from './ticket.ts'
import type { TicketStore } from './ticket-store.ts'

const t = (minute: number) => `2026-11-22T08:${String(minute).padStart(2, '0')}:00.000Z`
const one = newTicket({
  id: 'T-1',
  title: { en: 'Mimikatz', zh: '出现 Mimikatz' },
  severity: 'high',
  links: [],
  event: t(0),
  detected: t(1),
})

/** Every implementation runs these same cases. `open` answers an empty store. */
export function ticketStoreContract(name: string, open: () => Promise<TicketStore>): void {
  describe(`ticket store, ${name}`, () => {
    test('gives back what was written; a stale writer loses', async () => {
      const store = await open()
      await store.create(one)
      const taken = actOnTicket(one, { kind: 'acknowledge' }, { at: t(2), actor: 'ann' })
      await store.update(taken)
      expect(await store.find('T-1')).toEqual(taken)
      expect(await store.find('T-2')).toBeUndefined()
      await expect(store.update(taken)).rejects.toMatchObject({ code: 'threat_ticket.stale' })
      await expect(store.create(one)).rejects.toMatchObject({ code: 'threat_ticket.stale' })
    })

    test('lists the latest change first, by state', async () => {
      const store = await open()
      const later = { ...one, id: 'T-2', changedAt: t(9) }
      const closed = { ...one, id: 'T-3', state: 'closed' as const, changedAt: t(5) }
      for (const ticket of [one, later, closed]) await store.create(ticket)
      expect((await store.list({ limit: 2 })).map(({ id }) => id)).toEqual(['T-2', 'T-3'])
      expect((await store.list({ state: 'new', limit: 9 })).map(({ id }) => id)).toEqual(['T-2', 'T-1'])
    })
  })
}
