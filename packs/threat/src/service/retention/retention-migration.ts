/** What nobody waits for: closed or suppressed unseen, or judged; on record, and in no incident. */
export const DONE = `batch is not null and incident is null
  and (verdict is not null or suppressed is not null or action in ('close', 'suppress'))`

/**
 * What retention finds its rows by, and what stays of them: of a group its number in its batch, of a labelled one a row of
 * a hundred bytes (models are learnt from it), of the others counts a day.
 */
export const retention = `
alter table threat_batches add column sealed_at timestamptz not null default now();
alter table threat_batches add column gone integer not null default 0;
create index threat_groups_done on threat_groups (seq) where ${DONE};
create table threat_gone_groups (
  record text not null,
  day date not null,
  flow text not null,
  numbers int8multirange not null,
  primary key (record, day)
);
create index threat_gone_groups_numbers on threat_gone_groups using gist (numbers);
create table threat_gone_labels (
  flow text not null,
  number bigint not null,
  network text not null,
  signature text not null,
  action text not null,
  alerts integer not null,
  first_at timestamptz not null,
  verdict text,
  truth text,
  file text,
  truth_file text,
  label_source text,
  incident text,
  primary key (flow, number)
);
create index threat_gone_labels_signature on threat_gone_labels (signature);
create table threat_gone_counts (
  network text not null,
  day text not null,
  action text not null,
  groups bigint not null,
  alerts bigint not null,
  primary key (network, day, action)
);
create index threat_incidents_over on threat_incidents (seq) where merged_into is null and state <> 'open';
create table threat_gone (
  id text primary key,
  kind text not null check (kind in ('incident', 'ticket')),
  gone_at timestamptz not null,
  record text
);
create index threat_outbox_delivered on threat_outbox (ended_at) where state = 'delivered';
`
