import { sql } from 'kysely'

/** What a group was filed under by a person, where one judged it. */
const FILED = sql`(select d.file from threat_dispositions d where d.group_id = g.id and d.undone_at is null limit 1)`

/**
 * Every decided group, for figures that retention must not change: `n` groups a row, with their alerts. Of those that are no
 * longer kept, labelled ones are a row each, the others one for each network, day and action, without a flow. `file` is what
 * an attack was filed under, by a person before a published label. The parts have the same types, without which PostgreSQL
 * would read whole rows of all groups and not an index.
 */
export const COUNTED_GROUPS = sql`(
  select id, flow, network, action, 1::float8 as n, alerts::float8 as alerts, verdict, truth,
    coalesce(${FILED}, truth_file) as file, label_source, incident, (first_at at time zone 'UTC')::date as day
  from threat_groups g
  union all select 'group_' || flow || '_' || number::text, flow, network, action, 1::float8, alerts::float8, verdict, truth,
    coalesce(file, truth_file), label_source, incident, (first_at at time zone 'UTC')::date
  from threat_gone_labels
  union all select null::text, null::text, network, action, groups::float8, alerts::float8, null::text, null::text,
    null::text, null::text, null::text, day::date
  from threat_gone_counts
) as counted`

/** Ids of incidents that opened, kept or not. */
export const OPENED_INCIDENTS = sql`(select id from threat_incidents where state <> 'candidate'
  union all select id from threat_gone where kind = 'incident')`
