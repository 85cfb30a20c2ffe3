import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Listed } from '../../ticket/hand-over-report.ts'
import type { TicketTimes, TimeFigure } from '../../ticket/ticket-times.ts'
import type { ThreatTables } from '../tables.ts'
import { readTicket } from './sql-ticket-store.ts'

/** Tickets that a list of a report names. */
const LISTED = 200

export interface TicketFigures {
  readonly tickets: number
  readonly looks: number
  readonly times: TicketTimes
}

/** `to` is not part of it. */
export interface Period {
  readonly from: Date
  readonly to: Date
}

/** Detected since a time. */
export const detectedSince = (from: Date) => sql<boolean>`detected_at >= ${from}`
/** In the hands of a shift: detected before its end, and not closed, or changed since it began. */
export const inShift = ({ from, to }: Period) =>
  sql<boolean>`detected_at < ${to} and (state <> 'closed' or changed_at >= ${from})`

const COLUMNS = {
  detect: 'to_detect',
  acknowledge: 'to_acknowledge',
  respond: 'to_respond',
  resolve: 'to_resolve',
  close: 'to_close',
} as const

/** Counts, means and medians over tickets, as `ticketTimes` reckons them, without reading any. */
export async function ticketFigures(db: Kysely<ThreatTables>, where: RawBuilder<boolean>): Promise<TicketFigures> {
  const each = Object.entries(COLUMNS).map(([name, column]) => {
    const value = sql.ref(column)
    return sql`count(${value}) as ${sql.ref(`${name}_count`)}, avg(${value}) as ${sql.ref(`${name}_mean`)},
      percentile_cont(0.5) within group (order by ${value}) as ${sql.ref(`${name}_median`)}`
  })
  const { rows } = await sql<Record<string, string | number | null>>`
    select count(*) as tickets, coalesce(sum(looks), 0) as looks, ${sql.join(each)}
    from threat_tickets where ${where}`.execute(db)
  const row = rows[0] ?? {}
  const tickets = Number(row.tickets)
  const figure = (name: keyof TicketTimes): TimeFigure => {
    const [count, mean, median] = [row[`${name}_count`], row[`${name}_mean`], row[`${name}_median`]]
    const known = (value: string | number | null | undefined) => (value == null ? undefined : Number(value))
    return { count: Number(count), without: tickets - Number(count), mean: known(mean), median: known(median) }
  }
  const [detect, acknowledge, respond] = [figure('detect'), figure('acknowledge'), figure('respond')]
  const times = { detect, acknowledge, respond, resolve: figure('resolve'), close: figure('close') }
  return { tickets, looks: Number(row.looks), times }
}

/** The gravest of those that were detected before a time and are not closed, of these the oldest. */
export const openTickets = (db: Kysely<ThreatTables>, before: Date): Promise<Listed> =>
  listed(db, sql`state <> 'closed' and detected_at < ${before}`, sql`rank desc, detected_at`)

/** Closed in a period, the last first. */
export const closedTickets = (db: Kysely<ThreatTables>, { from, to }: Period): Promise<Listed> =>
  listed(db, sql`closed_at >= ${from} and closed_at < ${to}`, sql`closed_at desc`)

async function listed(
  db: Kysely<ThreatTables>,
  where: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<Listed> {
  const { rows } = await sql<{ body: string }>`
    select body from threat_tickets where ${where} order by ${order}, id limit ${LISTED}`.execute(db)
  const counted = await sql<{ total: string }>`select count(*) as total from threat_tickets where ${where}`.execute(db)
  return { total: Number(counted.rows[0]?.total), tickets: rows.map(({ body }) => readTicket(body)) }
}
