import { type Kysely, sql, type Transaction } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import { RING_SLOTS } from './alert-ring-migration.ts'
import type { TextColumns } from './text-columns.ts'

/** Alerts are kept at least so many; older ones live on in groups and counts. */
const KEPT_ALERTS = 200_000
/** A part is full with so many: all but the oldest hold what is kept. */
export const SLOT_ALERTS = KEPT_ALERTS / (RING_SLOTS - 1)

export interface Kept {
  readonly alerts: number
  /** When the oldest kept one was received. */
  readonly since: Date | null
}

/** How many alerts are kept, as counted with each step. */
export async function keptAlerts(db: Kysely<ThreatTables>): Promise<Kept> {
  const row = await db
    .selectFrom('threat_alert_slots')
    .select((eb) => [eb.fn.sum<string>('alerts').as('alerts'), eb.fn.min<Date | null>('since').as('since')])
    .executeTakeFirstOrThrow()
  return { alerts: Number(row.alerts), since: row.since }
}

/**
 * Adds rows to the part of the ring whose turn it is, and counts those that were not there yet. Ids are unique within a
 * part; that no step is stored twice is held by its position.
 */
export async function addToRing(
  tx: Transaction<ThreatTables>,
  { names, rows }: Pick<TextColumns<string>, 'names' | 'rows'>,
  full: number = SLOT_ALERTS,
): Promise<void> {
  const { rows: slots } = await sql<{ alerts: number }>`
    with added as (
      insert into threat_alerts (${names}, slot)
      select fresh.*, (select slot from threat_alert_slots order by turn desc limit 1) from ${rows} as fresh (${names})
      on conflict do nothing returning slot, received_at
    ), counted as (select slot, count(*)::integer as alerts, min(received_at) as since from added group by slot)
    update threat_alert_slots as s
    set alerts = s.alerts + counted.alerts, since = least(s.since, counted.since)
    from counted where s.slot = counted.slot returning s.alerts`.execute(tx)
  if (slots.some(({ alerts }) => alerts >= full)) await turn(tx)
}

/**
 * Empties the oldest part and makes it the one to fill. On PostgreSQL somebody may be reading in it, a backup for long:
 * then the full part goes on growing, and the next step tries again.
 */
async function turn(tx: Transaction<ThreatTables>): Promise<void> {
  const { slot } = await tx
    .selectFrom('threat_alert_slots')
    .select('slot')
    .orderBy('turn')
    .limit(1)
    .executeTakeFirstOrThrow()
  const part = sql.table(`threat_alerts_${slot}`)
  await sql`savepoint ring_turn`.execute(tx)
  try {
    await sql`lock table ${part} in access exclusive mode nowait`.execute(tx)
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error
    await sql`rollback to savepoint ring_turn`.execute(tx)
    return
  }
  await sql`truncate table ${part}`.execute(tx)
  await sql`update threat_alert_slots set alerts = 0, since = null,
    turn = (select max(turn) + 1 from threat_alert_slots) where slot = ${slot}`.execute(tx)
}

/** PostgreSQL, Appendix A: error codes. */
const LOCK_NOT_AVAILABLE = '55P03'
