import type { Delivery } from './delivery.ts'

/** Port. Written in the same transaction as the event that it tells of, where the implementation can. */
export interface OutboxStore {
  /** Inserts; does nothing where the id is there already: the same event is told once. */
  add(delivery: Delivery): Promise<void>
  /** Pending deliveries that are due, of each endpoint at most `limit`, the longest due first. */
  due(now: Date, limit: number): Promise<readonly Delivery[]>
  /** Writes only if the stored version is `delivery.version - 1`; throws `threat_publish.stale` otherwise. */
  update(delivery: Delivery): Promise<void>
  find(id: string): Promise<Delivery | undefined>
  /** The dead ones, the latest first. */
  dead(limit: number): Promise<readonly Delivery[]>
}
