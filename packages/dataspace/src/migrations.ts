import type { Migration } from '@dengta/kernel'

export const dataspaceMigrations: readonly Migration[] = [
  {
    id: 'dataspace/001-participants',
    sql: `
create table participants (
  id text primary key,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  key_id text not null,
  record text not null,
  joined_at timestamptz not null
);
create table tokens (
  id text primary key,
  participant text not null references participants (id),
  hash text not null check (length(hash) = 64),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create index tokens_participant on tokens (participant);
`,
  },
]
