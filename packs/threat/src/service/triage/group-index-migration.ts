/**
 * What pages ask of all groups is read from indexes alone: figures of a network (`threat_groups_counted`), its labelled ones,
 * groups of a signature on a host, and what a person judged today.
 */
export const groupIndexes = `
create index threat_groups_counted on threat_groups (network, first_at) include (flow, action, alerts, verdict, truth);
create index threat_groups_labelled on threat_groups (network) where coalesce(verdict, truth) is not null;
create index threat_groups_like on threat_groups (signature, host, first_at);
create index threat_groups_judged on threat_groups (judged_by, judged_at) where judged_at is not null;
create index threat_gone_labels_network on threat_gone_labels (network);
create index threat_runs_incident on threat_runs (incident) where incident is not null;
`

/**
 * A page of groups is found in an index alone, and only its own rows are read, of which each holds 1.5 KB: the queue in the
 * order of its scores, which are all the same before anything is learnt, and any stretch of time or action among all groups.
 */
export const groupPages = `
drop index threat_groups_waiting;
create index threat_groups_waiting on threat_groups (score desc, seq) include (network, action, level, first_at)
  where verdict is null and suppressed is null and action in ('escalate', 'hand_over');
drop index threat_groups_counted;
create index threat_groups_counted on threat_groups (network, first_at)
  include (flow, action, alerts, verdict, truth, seq);
`
