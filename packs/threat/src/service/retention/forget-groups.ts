import { sql, type Transaction } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import { DONE } from './retention-migration.ts'

const ORDER_STANDS = sql`exists (select from threat_dispositions d where d.group_id = g.id and d.kind = 'suppress'
  and d.undone_at is null and d.until_at > `

/** True where an order of a person that stands came with this group `g`: others are kept out of the queue by it. */
export const orderStands = (now: Date) => sql<boolean>`${ORDER_STANDS}${now})`

/** A group of an incident goes once nobody waits for it, and only where its incident is over. */
const DONE_THERE = sql`batch is not null and (verdict is not null or suppressed is not null)`

/**
 * Lets go of groups, of what people said of each, and keeps their numbers, labels and counts. One that somebody took up
 * meanwhile stays. Answers how many went.
 */
export async function forgetGroups(
  tx: Transaction<ThreatTables>,
  ids: readonly string[],
  { now, incident }: { readonly now: Date; readonly incident?: string },
): Promise<number> {
  const done = incident === undefined ? sql.raw(DONE) : sql`incident = ${incident} and ${DONE_THERE}`
  const { rows } = await sql<{ id: string }>`
    select id from threat_groups g where id = any(${ids}::text[]) and ${done} and not ${orderStands(now)}
    for update`.execute(tx)
  const going = rows.map(({ id }) => id)
  if (going.length === 0) return 0
  await keepLabels(tx, going)
  await keepCounts(tx, going)
  await keepNumbers(tx, going, now)
  await sql`delete from threat_dispositions where group_id = any(${going}::text[])`.execute(tx)
  await sql`delete from threat_groups where id = any(${going}::text[])`.execute(tx)
  return going.length
}

async function keepLabels(tx: Transaction<ThreatTables>, ids: readonly string[]): Promise<void> {
  await sql`
    insert into threat_gone_labels (flow, number, network, signature, action, alerts, first_at, verdict, truth, file,
      truth_file, label_source, incident)
    select g.flow, g.number, g.network, g.signature, g.action, g.alerts, g.first_at, g.verdict, g.truth, d.file,
      g.truth_file, g.label_source, g.incident
    from threat_groups g left join threat_dispositions d on d.group_id = g.id and d.undone_at is null
    where g.id = any(${ids}::text[]) and coalesce(g.verdict, g.truth) is not null
    on conflict do nothing`.execute(tx)
}

/** Of those that nobody judged and no label is known of. */
async function keepCounts(tx: Transaction<ThreatTables>, ids: readonly string[]): Promise<void> {
  await sql`
    insert into threat_gone_counts as counts (network, day, action, groups, alerts)
    select network, to_char(first_at at time zone 'UTC', 'YYYY-MM-DD'), action, count(*), sum(alerts)
    from threat_groups where id = any(${ids}::text[]) and coalesce(verdict, truth) is null group by 1, 2, 3
    on conflict (network, day, action) do update set
      groups = counts.groups + excluded.groups, alerts = counts.alerts + excluded.alerts`.execute(tx)
}

async function keepNumbers(tx: Transaction<ThreatTables>, ids: readonly string[], now: Date): Promise<void> {
  await sql`
    with going as (
      select batch, flow, count(*)::integer as groups, range_agg(int8range(number, number, '[]')) as numbers
      from threat_groups where id = any(${ids}::text[]) group by batch, flow
    ), counted as (
      update threat_batches b set gone = b.gone + going.groups from going where b.record = going.batch
    )
    insert into threat_gone_groups as known (record, day, flow, numbers)
    select batch, (${now}::timestamptz at time zone 'UTC')::date, flow, numbers from going
    on conflict (record, day) do update set numbers = known.numbers + excluded.numbers`.execute(tx)
}
