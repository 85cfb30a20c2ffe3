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
 * Whether an incident, or one that a ticket is about, comes from a replayed log: what happened then must not be answered for
 * real now. Throws `threat.missing` or `.gone` for an incident of which nothing is known any more.
 */
export async function isOfReplay(store: Store, { incident, ticket }: About): Promise<boolean> {
  const db = store.db<ThreatTables>()
  const ids = [
    ...(incident === undefined ? [] : [incident]),
    ...(ticket === undefined ? [] : await incidentsOf(db, ticket)),
  ]
  if (ids.length === 0) return false
  const flows = await db.selectFrom('threat_incidents').select(['id', 'flow']).where('id', 'in', ids).execute()
  if (incident !== undefined && !flows.some(({ id }) => id === incident))
    throw await notKept(store, 'incident', incident)
  const replays = flows.map(({ flow }) => flow.replace(/-events$/, ''))
  if (replays.length === 0) return false
  return (await db.selectFrom('threat_replays').select('id').where('id', 'in', replays).execute()).length > 0
}

/** That which it was opened for, and those that people linked. */
async function incidentsOf(db: Kysely<ThreatTables>, ticket: string): Promise<readonly string[]> {
  const { links = [] } = (await findTicket(db, ticket)) ?? {}
  const linked = links.filter(({ kind }) => kind === 'incident').map(({ id }) => id)
  return [ticket.replace(/^ticket_/, 'incident_'), ...linked]
}
