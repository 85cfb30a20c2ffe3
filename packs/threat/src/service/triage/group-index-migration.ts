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
