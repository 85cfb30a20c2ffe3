import type { Store } from '@dengta/store'
import type { Kysely } from 'kysely'
import { notKept } from '../retention/gone.ts'
import type { ThreatTables } from '../tables.ts'
import { findTicket } from '../ticket/sql-ticket-store.ts'

interface About {
  readonly incident?: string | undefined
  readonly ticket?: string | undefined
}

/**
 * Whether an incident, or what a ticket is about, comes from a replayed log: what happened then must not be answered for real
 * now. Throws `threat.missing` or `.gone` for an incident of which nothing is known any more.
 */
export async function isOfReplay(store: Store, { incident, ticket }: About): Promise<boolean> {
  const db = store.db<ThreatTables>()
  const ids = [
    ...(incident === undefined ? [] : [incident]),
    ...(ticket === undefined ? [] : await subjectsOf(db, ticket)),
  ]
  if (ids.length === 0) return false
  const groups = db.selectFrom('threat_groups').select(['id', 'flow']).where('id', 'in', ids)
  const incidents = db.selectFrom('threat_incidents').select(['id', 'flow']).where('id', 'in', ids)
  const flows = await incidents.unionAll(groups).execute()
  if (incident !== undefined && !flows.some(({ id }) => id === incident))
    throw await notKept(store, 'incident', incident)
  const replays = flows.map(({ flow }) => flow.replace(/-events$/, ''))
  if (replays.length === 0) return false
  return (await db.selectFrom('threat_replays').select('id').where('id', 'in', replays).execute()).length > 0
}

/** The incident that opened it, and the incidents and groups that people linked. */
async function subjectsOf(db: Kysely<ThreatTables>, ticket: string): Promise<readonly string[]> {
  const { links = [] } = (await findTicket(db, ticket)) ?? {}
  return [ticket.replace(/^ticket_/, 'incident_'), ...links.map(({ id }) => id)]
}
