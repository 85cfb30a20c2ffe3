import type { Delivery } from './delivery.ts'
import type { OutboxStore } from './outbox-store.ts'
import { publishErrors } from './publish-errors.ts'

/** For tests. */
export function memoryOutboxStore(): OutboxStore {
  const all = new Map<string, Delivery>()
  return {
    add: async (delivery) => {
      if (!all.has(delivery.id)) all.set(delivery.id, delivery)
    },
    due: async (now, limit) => {
      const taken = new Map<string, number>()
      const isWithin = ({ endpoint }: Delivery): boolean => {
        taken.set(endpoint, (taken.get(endpoint) ?? 0) + 1)
        return (taken.get(endpoint) as number) <= limit
      }
      return [...all.values()]
        .filter(({ state, dueAt }) => state === 'pending' && Date.parse(dueAt) <= now.getTime())
        .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
        .filter(isWithin)
    },
    update: async (delivery) => {
      if (all.get(delivery.id)?.version !== delivery.version - 1) throw publishErrors.stale({ id: delivery.id })
      all.set(delivery.id, delivery)
    },
    find: async (id) => all.get(id),
    dead: async (limit) =>
      [...all.values()]
        .filter(({ state }) => state === 'dead')
        .toSorted((a, b) => Date.parse(b.endedAt ?? '') - Date.parse(a.endedAt ?? ''))
        .slice(0, limit),
  }
}
