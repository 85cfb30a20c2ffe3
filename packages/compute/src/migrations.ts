import type { Migration } from '@dengta/kernel'

const days = `
create table compute_days (
  seq bigint generated always as identity primary key,
  id text not null unique,
  snapshot text not null,
  source_file text not null,
  name text not null,
  origin text not null check (origin in ('real', 'simulated')),
  source text not null,
  starts_at timestamptz not null,
  slots integer not null,
  slot_minutes integer not null,
  jobs integer not null,
  participants integer not null,
  sites jsonb not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  unique (snapshot, starts_at)
);
create table compute_plans (
  seq bigint generated always as identity primary key,
  id text not null unique,
  day text not null references compute_days (id),
  snapshot text not null,
  kind text not null check (kind in ('day', 'replan')),
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  effort jsonb not null,
  asked_by text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  result jsonb,
  failure jsonb,
  check ((state = 'done') = (result is not null)),
  check ((state = 'failed') = (failure is not null))
);
create index compute_plans_day on compute_plans (day, seq);
`

const events = `
create table compute_events (
  seq bigint generated always as identity primary key,
  id text not null unique,
  plan text not null references compute_plans (id),
  state text not null check (state in ('announced', 'settled')),
  request jsonb not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  announced_by text not null,
  announced_at timestamptz not null,
  promise jsonb not null,
  record text not null,
  settlement jsonb,
  check ((state = 'settled') = (settlement is not null))
);
`

const publicCompute = `
create table compute_quotas (
  participant text primary key,
  share double precision not null check (share > 0),
  chip_hours double precision not null check (chip_hours >= 0),
  kwh double precision not null check (kwh >= 0),
  sites jsonb,
  granted_at timestamptz not null
);
create table compute_jobs (
  seq bigint generated always as identity primary key,
  id text not null unique,
  participant text not null references compute_quotas (participant),
  state text not null check (state in ('waiting', 'placed', 'running', 'done', 'failed', 'refused', 'cancelled')),
  ask jsonb not null,
  reason jsonb not null,
  held_chip_hours double precision not null,
  held_kwh double precision not null,
  placement jsonb,
  usage jsonb,
  asked_at timestamptz not null,
  ended_at timestamptz
);
create index compute_jobs_participant on compute_jobs (participant, seq);
create index compute_jobs_open on compute_jobs (state) where state in ('waiting', 'placed', 'running');
`

const engine = `
alter table compute_jobs
  add column handed_at timestamptz,
  add column started_at timestamptz,
  add column cancel_asked_at timestamptz,
  add column record text;
create table compute_power (
  site text not null,
  minute timestamptz not null,
  kw double precision not null,
  limit_kw double precision not null,
  primary key (site, minute)
);
`

/** What is looked for by time: minutes of power that are kept no longer, jobs that ended in a day. */
const byTime = `
create index compute_power_minute on compute_power (minute);
create index compute_jobs_ended on compute_jobs (ended_at) where ended_at is not null;
`

/** Days, plans, grid events, public compute with its quotas, and what its jobs draw. */
export const computeMigrations: readonly Migration[] = [
  { id: 'compute/001-plans', sql: days },
  { id: 'compute/002-events', sql: events },
  { id: 'compute/003-public', sql: publicCompute },
  { id: 'compute/004-engine', sql: engine },
  { id: 'compute/005-by-time', sql: byTime },
]
