import type { Store } from '@dengta/store'
import { sql } from 'kysely'

const BATCH = 5000
/** Characters of a body, as a group of the live flow has them. */
const BODY = 1504

/** Groups on record, each tenth of which waits for a person. */
export async function fillGroups(store: Store, count: number): Promise<void> {
  const db = store.db()
  await sql`insert into threat_batches (record, file, flow, decisions, sealed_at)
    select 'rec_' || n, '', 'live', ${BATCH}, '2026-11-22T08:00:00Z' from generate_series(0, ${count / BATCH - 1}) n`.execute(
    db,
  )
  for (let from = 0; from < count; from += BATCH)
    await sql`insert into threat_groups (id, flow, network, number, signature, level, host, first_at, last_at, alerts,
      action, score, model, body, batch)
      select 'group_live_' || n, 'live', 'live', n, 'Sample rule ' || n % 300, 'high', 'web-' || n % 2000,
        '2026-11-22T07:00:00Z'::timestamptz + n * interval '1 second', '2026-11-22T07:00:00Z', 3,
        case when n % 10 = 0 then 'hand_over' else 'close' end, 1, 'm', repeat(md5(n::text), ${BODY / 32}), 'rec_' || n / ${BATCH}::int
      from generate_series(${from}::int, ${from + BATCH - 1}::int) n`.execute(db)
  await sql`vacuum analyze threat_groups`.execute(db)
}
