import { sql } from 'kysely'

/**
 * Every decided group, for figures that retention must not change: `n` groups a row, with their alerts. Of those that are no
 * longer kept, labelled ones are a row each, the others one for each network, day and action, without a flow.
 */
export const COUNTED_GROUPS = sql`(
  select id, flow, network, action, 1::bigint as n, alerts::bigint as alerts, verdict, truth, truth_file, label_source, incident,
    to_char(first_at at time zone 'UTC', 'YYYY-MM-DD') as day from threat_groups
  union all select 'group_' || flow || '_' || number, flow, network, action, 1, alerts, verdict, truth, truth_file, label_source, incident,
    to_char(first_at at time zone 'UTC', 'YYYY-MM-DD') from threat_gone_labels
  union all select null, null, network, action, groups, alerts, null, null, null, null, null, day from threat_gone_counts
) as counted`

/** Ids of incidents that opened, kept or not. */
export const OPENED_INCIDENTS = sql`(select id from threat_incidents where state <> 'candidate'
  union all select id from threat_gone where kind = 'incident')`
