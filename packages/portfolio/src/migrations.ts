import type { Migration } from '@dengta/kernel'

const scenarios = `
create table scenarios (
  id text primary key,
  owner text not null,
  record text not null,
  stated_at timestamptz not null
);
`

/** Who owns which scenario id, and its newest statement. What a scenario says stands in the records alone. */
export const portfolioMigrations: readonly Migration[] = [{ id: 'portfolio/001-scenarios', sql: scenarios }]
