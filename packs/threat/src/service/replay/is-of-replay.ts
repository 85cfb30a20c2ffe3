import type { Store } from '@dengta/store'
import { notKept } from '../retention/gone.ts'
import type { ThreatTables } from '../tables.ts'

interface About {
  readonly incident?: string | undefined
  readonly ticket?: string | undefined
}

/**
 * Whether an incident, or that of a ticket, comes from a replayed log: what happened then must not be answered for real now.
 * Throws `threat.missing` or `.gone` for an incident of which nothing is known any more.
 */
export async function isOfReplay(store: Store, { incident, ticket }: About): Promise<boolean> {
  const ids = [incident, ticket?.replace(/^ticket_/, 'incident_')].filter((id) => id !== undefined)
  if (ids.length === 0) return false
  const db = store.db<ThreatTables>()
  const flows = await db.selectFrom('threat_incidents').select(['id', 'flow']).where('id', 'in', ids).execute()
  if (incident !== undefined && !flows.some(({ id }) => id === incident))
    throw await notKept(store, 'incident', incident)
  const replays = flows.map(({ flow }) => flow.replace(/-events$/, ''))
  if (replays.length === 0) return false
  return (await db.selectFrom('threat_replays').select('id').where('id', 'in', replays).execute()).length > 0
}
