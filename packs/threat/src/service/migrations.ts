import type { Migration } from '@dengta/kernel'
import { alertRing } from './alert/alert-ring-migration.ts'
import { retention } from './retention/retention-migration.ts'
import { ticketClock } from './ticket/ticket-clock-migration.ts'
import { groupIndexes, groupPages } from './triage/group-index-migration.ts'

const flow = `
create table threat_flows (
  name text primary key,
  position bigint not null default 0,
  checkpoint_at bigint,
  checkpoint bytea
);
create table threat_steps (
  flow text not null references threat_flows (name) on delete cascade,
  position bigint not null,
  time_ms bigint not null,
  body text not null,
  primary key (flow, position)
);
create table threat_credits (digest text primary key, body text not null);
create table threat_alerts (
  seq bigint generated always as identity primary key,
  id text not null unique,
  flow text not null,
  event_at timestamptz not null,
  received_at timestamptz not null,
  rule text not null,
  title text not null,
  level text not null,
  detector text not null,
  host text not null,
  stream text not null,
  line bigint not null,
  credit text not null references threat_credits (digest),
  found text not null,
  event text,
  event_size integer not null
);
create index threat_alerts_rule on threat_alerts (rule, seq);
create index threat_alerts_host on threat_alerts (host, seq);
create table threat_hits (
  rule text not null,
  day text not null,
  alerts integer not null,
  last_at timestamptz not null,
  primary key (rule, day)
);
`

const triage = `
create table threat_groups (
  seq bigint generated always as identity primary key,
  id text not null unique,
  flow text not null,
  network text not null,
  number bigint not null,
  signature text not null,
  level text not null,
  host text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  alerts integer not null,
  action text not null check (action in ('close', 'suppress', 'escalate', 'hand_over')),
  score double precision not null,
  model text not null,
  body text not null,
  verdict text check (verdict in ('attack', 'benign', 'unclear')),
  truth text check (truth in ('attack', 'benign', 'unclear')),
  truth_file text,
  label_source text,
  judged_by text,
  judged_at timestamptz,
  suppressed text,
  incident text,
  batch text
);
create index threat_groups_waiting on threat_groups (score desc)
  where verdict is null and suppressed is null and action in ('escalate', 'hand_over');
create index threat_groups_unsealed on threat_groups (flow, seq) where batch is null;
create index threat_groups_network on threat_groups (network, seq);
create index threat_groups_incident on threat_groups (incident) where incident is not null;
create table threat_dispositions (
  seq bigint generated always as identity primary key,
  group_id text not null references threat_groups (id),
  kind text not null,
  verdict text not null,
  reason text not null,
  file text,
  until_at timestamptz,
  by text not null,
  at timestamptz not null,
  source text not null,
  undone_by text,
  undone_at timestamptz
);
create index threat_dispositions_group on threat_dispositions (group_id, seq);
create table threat_incidents (
  seq bigint generated always as identity primary key,
  id text not null unique,
  flow text not null,
  network text not null,
  state text not null check (state in ('candidate', 'open', 'closed')),
  severity text not null,
  rank integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  score double precision not null,
  groups integer not null,
  alerts integer not null,
  search text not null,
  techniques text not null,
  body text not null,
  merged_into text,
  ticket text,
  verdict text,
  record text
);
create index threat_incidents_last on threat_incidents (last_at desc) where merged_into is null;
create table threat_models (
  seq bigint generated always as identity primary key,
  id text not null unique,
  summary text not null,
  file text not null,
  record text not null,
  learnt_at timestamptz not null
);
create table threat_batches (record text primary key, file text not null, flow text not null, decisions integer not null);
`

const response = `
create table threat_tickets (
  id text primary key,
  version integer not null,
  state text not null,
  changed_at timestamptz not null,
  body text not null,
  record text
);
create index threat_tickets_changed on threat_tickets (changed_at desc);
create table threat_runs (
  seq bigint generated always as identity primary key,
  id text not null unique,
  version integer not null,
  status text not null,
  incident text,
  ticket text,
  body text not null
);
create table threat_run_journal (
  seq bigint generated always as identity primary key,
  run text not null references threat_runs (id),
  body text not null
);
create index threat_run_journal_run on threat_run_journal (run, seq);
create table threat_run_facts (fact text primary key, run text not null, record text not null);
create table threat_playbooks (
  id text not null,
  modified text not null,
  body text not null,
  imported_by text not null,
  imported_at timestamptz not null,
  primary key (id, modified)
);
create table threat_webhooks (
  id text primary key,
  url text not null,
  secrets text not null,
  added_by text not null,
  added_at timestamptz not null
);
create table threat_outbox (
  seq bigint generated always as identity primary key,
  id text not null unique,
  version integer not null,
  endpoint text not null,
  state text not null check (state in ('pending', 'delivered', 'dead')),
  due_at timestamptz not null,
  ended_at timestamptz,
  body text not null
);
create index threat_outbox_due on threat_outbox (due_at) where state = 'pending';
`

const house = `
create table threat_rule_sets (
  seq bigint generated always as identity primary key,
  hash text not null,
  loaded_at timestamptz not null,
  body text not null
);
create table threat_rules (
  id text primary key,
  hash text not null,
  title text not null,
  level text not null,
  rank integer not null,
  product text not null,
  kind text not null,
  state text not null,
  search text not null,
  techniques text not null,
  body text not null,
  yaml text not null
);
create table threat_replays (
  seq bigint generated always as identity primary key,
  id text not null unique,
  state text not null,
  body text not null
);
create table threat_audit (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  detail text not null
);
`

/** Choices are only added: a step is undone where it was done. */
const actuators = `
create table threat_actuators (
  number integer generated always as identity primary key,
  action text not null,
  body text not null,
  chosen_by text not null,
  chosen_at timestamptz not null
);
`

/** The trail is read newest first: all of it, of one person, or of one kind of act. */
const trail = `
alter table threat_audit add column kind text not null generated always as (
  case split_part(action, '.', 1)
    when 'rules' then 'rule'
    when 'delivery' then 'webhook'
    else split_part(action, '.', 1)
  end
) stored;
create index threat_audit_at on threat_audit (at, seq);
create index threat_audit_actor on threat_audit (actor, at, seq);
create index threat_audit_kind on threat_audit (kind, at, seq);
`

/** Steps live for half a minute and the checkpoint is bytes: pressing them together took longer than all else that is written. */
const plain = `
alter table threat_steps alter column body set storage external;
alter table threat_flows alter column checkpoint set storage external;
`

/** The board asks for the tickets of each state that changed last. */
const board = `create index threat_tickets_state on threat_tickets (state, changed_at desc, id);`

/**
 * The page of an incident reads its groups of the highest score. What a group took after its decision stands beside it: the
 * decision is on record.
 */
const incidents = `
alter table threat_groups add column grown text;
drop index threat_groups_incident;
create index threat_groups_incident on threat_groups (incident, score desc, seq desc) where incident is not null;
create index threat_incidents_merged on threat_incidents (merged_into) where merged_into is not null;
`

/** The list of incidents in each of its orders, and of one state; their count is read from an index alone. */
const incidentList = `
create index threat_incidents_state on threat_incidents (state, last_at desc) where merged_into is null;
create index threat_incidents_first on threat_incidents (first_at, seq desc) where merged_into is null;
create index threat_incidents_score on threat_incidents (score desc, seq desc) where merged_into is null;
create index threat_incidents_rank on threat_incidents (rank desc, last_at desc, seq desc) where merged_into is null;
`

/** Orders that stand are asked for with each step that has a decided group: 10 ms of the database among 20,000 verdicts. */
const orders = `
create index threat_dispositions_orders on threat_dispositions (until_at) where kind = 'suppress' and undone_at is null;
`

/** The list of rules says what people made of the groups of each. */
const verdictsByRule = `
create index threat_groups_verdicts on threat_groups (signature, verdict) where verdict is not null;
`

/** Flows with their alerts, triage, responses and tickets, rules and the audit trail. */
export const threatMigrations: readonly Migration[] = [
  { id: 'threat/001-flow', sql: flow },
  { id: 'threat/002-triage', sql: triage },
  { id: 'threat/003-response', sql: response },
  { id: 'threat/004-house', sql: house },
  { id: 'threat/005-actuators', sql: actuators },
  { id: 'threat/006-trail', sql: trail },
  { id: 'threat/007-plain', sql: plain },
  { id: 'threat/008-board', sql: board },
  { id: 'threat/009-incidents', sql: incidents },
  { id: 'threat/010-incident-list', sql: incidentList },
  { id: 'threat/011-alert-ring', sql: alertRing },
  { id: 'threat/012-orders', sql: orders },
  { id: 'threat/013-retention', sql: retention },
  { id: 'threat/014-ticket-clock', sql: ticketClock },
  { id: 'threat/015-group-indexes', sql: groupIndexes },
  { id: 'threat/016-verdicts-by-rule', sql: verdictsByRule },
  { id: 'threat/017-group-pages', sql: groupPages },
]
