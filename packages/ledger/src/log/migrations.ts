import type { Migration } from '@dengta/kernel'

const tables = `
create table log_records (
  idx bigint primary key check (idx >= 0),
  id text not null unique,
  kind text not null,
  actor text not null,
  scenario text,
  basis text[] not null,
  introduces text,
  envelope text not null,
  key_algorithm text not null,
  key_spki text not null
);
create index log_records_scenario on log_records (scenario, idx) where scenario is not null;
create index log_records_kind on log_records (kind, idx);
create index log_records_introduces on log_records (introduces) where introduces is not null;
create index log_records_basis on log_records using gin (basis);

create table log_nodes (
  level smallint not null,
  idx bigint not null,
  hash bytea not null check (length(hash) = 32),
  primary key (level, idx)
);

create table log_head (
  one boolean primary key default true check (one),
  size bigint not null,
  root bytea not null,
  checkpoint text not null
);

create table log_cosignatures (
  witness text not null,
  size bigint not null,
  checkpoint text not null,
  cosignature text not null,
  primary key (witness, size)
);

create table log_refusals (
  witness text primary key,
  size bigint not null,
  status integer not null,
  answer text not null,
  at timestamptz not null
);
`

const appendOnly = `
create function log_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger log_records_append_only before update or delete or truncate on log_records
  for each statement execute function log_refuse_change();
create trigger log_nodes_append_only before update or delete or truncate on log_nodes
  for each statement execute function log_refuse_change();
`

/** The tables of the log. A trigger refuses every change of what was once appended. */
export const ledgerMigrations: readonly Migration[] = [
  { id: 'ledger/001-log', sql: tables },
  { id: 'ledger/002-append-only', sql: appendOnly },
]
