import type { Migration } from '@dengta/kernel'

/** Tables of benchmarks and their data sets. No value of a row is ever in them. */
export const openMigrations: readonly Migration[] = [
  {
    id: 'benchmark/001-benchmarks',
    sql: `
create table benchmarks (
  id text primary key,
  scenario text,
  owner text not null,
  definition text not null,
  definition_digest text not null,
  file text not null,
  record text not null,
  created_at timestamptz not null
);
create table data_checks (
  seq bigint generated always as identity primary key,
  dataset text not null unique,
  benchmark text not null references benchmarks (id),
  report jsonb not null,
  record text not null,
  checked_at timestamptz not null
);
create index data_checks_benchmark on data_checks (benchmark, seq);
create table data_sets (
  seq bigint generated always as identity primary key,
  id text not null unique,
  benchmark text not null references benchmarks (id),
  origin text not null,
  licence text not null,
  source text not null,
  rows integer not null,
  open_rows integer not null,
  hidden_rows integer not null,
  commitment text not null,
  hidden_commitment text not null,
  open_part text not null,
  sealed_file text not null,
  faults jsonb not null,
  leak jsonb not null,
  quality_record text not null,
  leak_record text not null,
  seal_record text not null,
  sealed_at timestamptz not null
);
create index data_sets_benchmark on data_sets (benchmark, seq);
`,
  },
]
