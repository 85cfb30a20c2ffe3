import { sql, type Transaction } from 'kysely'
import type { ThreatTables } from '../tables.ts'

type Tx = Transaction<ThreatTables>

/** Incidents, or tickets, looked at in one step. */
const WINDOW = 50

export interface SeenIncident {
  readonly id: string
  readonly seq: string
  readonly isOver: boolean
}

export interface IncidentWindow {
  readonly before: Date
  /** The number of the last one that was looked at. */
  readonly after: string
  /** Flows of replays under way. */
  readonly running: readonly string[]
}

/** Not open, quiet since before a time, and no ticket or response of it is under way or was changed since. */
const IS_OVER = (before: Date) => sql<boolean>`last_at < ${before}
  and not exists (select from threat_tickets t where (t.state <> 'closed' or t.changed_at >= ${before}) and t.id in (
    select replace(each.id, 'incident_', 'ticket_') from threat_incidents each
    where each.id = i.id or each.merged_into = i.id))
  and not exists (select from threat_runs r where r.status in ('running', 'waiting', 'undoing') and r.incident = i.id)`

/** The next incidents that are not open, the oldest first. */
export async function seeIncidents(tx: Tx, { before, after, running }: IncidentWindow): Promise<SeenIncident[]> {
  const { rows } = await sql<SeenIncident>`
    select id, seq, flow <> all(${running}::text[]) and ${IS_OVER(before)} as "isOver"
    from threat_incidents i where seq > ${after} and merged_into is null and state <> 'open'
    order by seq limit ${WINDOW}`.execute(tx)
  return rows
}

/** Lets go of an incident without groups, of those that it absorbed and of their tickets. False where it is not over any more. */
export async function forgetIncident(
  tx: Tx,
  id: string,
  { before, now }: { before: Date; now: Date },
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select id from threat_incidents i where id = ${id} and state <> 'open' and ${IS_OVER(before)}
      and not exists (select from threat_groups g where g.incident = i.id) for update`.execute(tx)
  if (rows.length === 0) return false
  const all = sql`select each.id from threat_incidents each where each.id = ${id} or each.merged_into = ${id}`
  const tickets = sql`select replace(id, 'incident_', 'ticket_') from (${all}) as each`
  await sql`
    insert into threat_gone (id, kind, gone_at, record)
    select i.id, 'incident', ${now}::timestamptz, coalesce(i.record, (select record from threat_incidents where id = ${id}),
      (select record from threat_tickets t where t.id = replace(${id}::text, 'incident_', 'ticket_')))
    from threat_incidents i where i.id in (${all})
    union all select id, 'ticket', ${now}::timestamptz, record from threat_tickets where id in (${tickets})
    on conflict (id) do update set gone_at = excluded.gone_at, record = excluded.record`.execute(tx)
  await sql`delete from threat_tickets where id in (${tickets})`.execute(tx)
  await sql`delete from threat_incidents where id in (${all})`.execute(tx)
  return true
}

export interface TicketPlace {
  readonly changed_at: Date
  readonly id: string
}

/** Lets go of closed tickets that belong to no incident; answers the last of those looked at, undefined at the end. */
export async function forgetTickets(
  tx: Tx,
  { before, now, after }: { before: Date; now: Date; after: TicketPlace },
): Promise<{ last: TicketPlace | undefined; gone: number }> {
  const { rows } = await sql<TicketPlace & { alone: boolean }>`
    select changed_at, id, not exists (select from threat_incidents i
      where i.id = replace(t.id, 'ticket_', 'incident_')) as alone
    from threat_tickets t where state = 'closed' and changed_at < ${before}
      and (changed_at, id) > (${after.changed_at}::timestamptz, ${after.id})
    order by changed_at, id limit ${WINDOW}`.execute(tx)
  const ids = rows.filter(({ alone }) => alone).map(({ id }) => id)
  if (ids.length > 0) {
    const { rows: going } = await sql<{ id: string; record: string | null }>`
      delete from threat_tickets where id = any(${ids}::text[]) and state = 'closed' returning id, record`.execute(tx)
    await sql`insert into threat_gone (id, kind, gone_at, record)
      select id, 'ticket', ${now}::timestamptz, record
      from unnest(${going.map(({ id }) => id)}::text[], ${going.map(({ record }) => record)}::text[]) as gone (id, record)
      on conflict do nothing`.execute(tx)
  }
  const { length } = rows
  return { last: length === WINDOW ? rows[length - 1] : undefined, gone: ids.length }
}

/** Messages that were delivered before a time. */
export async function forgetDeliveries(tx: Tx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from threat_outbox where seq in (
    select seq from threat_outbox where state = 'delivered' and ended_at < ${before} order by ended_at limit 200
  )`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
