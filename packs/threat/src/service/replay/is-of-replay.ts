import type { Store } from '@dengta/store'
import type { ThreatTables } from '../tables.ts'

interface About {
  readonly incident?: string | undefined
  readonly ticket?: string | undefined
}

/** Whether an incident, or that of a ticket, comes from a replayed log: what happened then must not be answered for real now. */
export async function isOfReplay(store: Store, { incident, ticket }: About): Promise<boolean> {
  const given = [
    ...(incident === undefined ? [] : [['id', incident] as const]),
    ...(ticket === undefined ? [] : [['ticket', ticket] as const]),
  ]
  if (given.length === 0) return false
  const db = store.db<ThreatTables>()
  const flows = await db
    .selectFrom('threat_incidents')
    .select('flow')
    .where((eb) => eb.or(given.map(([column, value]) => eb(column, '=', value))))
    .execute()
  const replays = flows.map(({ flow }) => flow.replace(/-events$/, ''))
  if (replays.length === 0) return false
  return (await db.selectFrom('threat_replays').select('id').where('id', 'in', replays).execute()).length > 0
}
