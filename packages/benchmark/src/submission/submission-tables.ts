import type { Migration } from '@dengta/kernel'
import type { ColumnType, Generated } from 'kysely'

/** Written as JSON text, read as a value. */
type Jsonb = ColumnType<unknown, string | null, string | null>

export interface SubmissionTables {
  submissions: {
    seq: Generated<string>
    id: string
    benchmark: string
    dataset: string
    scenario: string | null
    name: string
    form: string
    participant: string
    model: string
    bytes: number
    state: string
    counted: boolean
    submitted_at: ColumnType<Date, Date, never>
    record: string
    refusal: Jsonb
    isolation: Jsonb
    evaluation: Jsonb
    replay: Jsonb
  }
}

export const submissionMigrations: readonly Migration[] = [
  {
    id: 'benchmark/002-submissions',
    sql: `
create table submissions (
  seq bigint generated always as identity primary key,
  id text not null unique,
  benchmark text not null references benchmarks (id),
  dataset text not null,
  scenario text,
  name text not null,
  form text not null,
  participant text not null,
  model text not null,
  bytes integer not null,
  state text not null check (state in ('waiting', 'running', 'scored', 'refused')),
  counted boolean not null,
  submitted_at timestamptz not null,
  record text not null,
  refusal jsonb,
  isolation jsonb,
  evaluation jsonb,
  replay jsonb,
  check ((state = 'scored') = (evaluation is not null)),
  check ((state = 'refused') = (refusal is not null))
);
create unique index submissions_once on submissions (dataset, participant, model) where counted;
create index submissions_benchmark on submissions (benchmark, seq);
create index submissions_dataset on submissions (dataset, seq);
`,
  },
]
