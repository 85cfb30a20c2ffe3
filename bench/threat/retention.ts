import { testStores } from '@dengta/store'
import { sql } from 'kysely'
import { USUAL_RETENTION } from '../../packs/threat/src/service/retention/retention.ts'
import { sweep } from '../../packs/threat/src/service/retention/retention-sweep.ts'
import { type ThreatHouse, threatHouse } from '../../packs/threat/src/service/threat-house.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const GROUPS = 200_000
const BATCH = 5000
const DAY_MS = 86_400_000
/** Characters of a body, as a group of the live flow has them. */
const BODY = 1504

/** A house of 200,000 groups of which all but each tenth go: what others wait for a step at most. */
export const retention: Benchmark = async (emit) => {
  const [stores] = testStores()
  const house = await threatHouse(stores!)
  await fill(house)
  house.clock.advance(91 * DAY_MS)
  const steps: { cpu: number; gone: number }[] = []
  for (let going = sweep({ ...house, retention: USUAL_RETENTION }); ; ) {
    const begun = process.cpuUsage()
    const { done, value } = await going.next()
    const { user, system } = process.cpuUsage(begun)
    if (done) break
    steps.push({ cpu: (user + system) / 1000, gone: value ?? 0 })
  }
  const full = steps.filter(({ gone }) => gone > 50).map(({ cpu }) => cpu)
  const sorted = full.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  const gone = steps.reduce((sum, step) => sum + step.gone, 0)
  emit(
    figure('retention of 200,000 groups: a step, median', at(0.5), 'ms CPU', {
      goal: { is: '<=', than: 20 },
      yardstick: `${gone} groups went in ${full.length} steps; 95 % of steps within ${at(0.95).toFixed(1)}, the longest ${at(1).toFixed(1)}`,
    }),
  )
  await house.close()
}

async function fill({ store }: ThreatHouse): Promise<void> {
  const db = store.db()
  await sql`insert into threat_batches (record, file, flow, decisions, sealed_at)
    select 'rec_' || n, '', 'live', ${BATCH}, '2026-11-22T08:00:00Z' from generate_series(0, ${GROUPS / BATCH - 1}) n`.execute(
    db,
  )
  for (let from = 0; from < GROUPS; from += BATCH)
    await sql`insert into threat_groups (id, flow, network, number, signature, level, host, first_at, last_at, alerts,
      action, score, model, body, batch)
      select 'group_live_' || n, 'live', 'live', n, 'Sample rule ' || n % 300, 'high', 'web-' || n % 2000,
        '2026-11-22T07:00:00Z'::timestamptz + n * interval '1 second', '2026-11-22T07:00:00Z', 3,
        case when n % 10 = 0 then 'hand_over' else 'close' end, 1, 'm', repeat(md5(n::text), ${BODY / 32}), 'rec_' || n / ${BATCH}::int
      from generate_series(${from}::int, ${from + BATCH - 1}::int) n`.execute(db)
  await sql`vacuum analyze threat_groups`.execute(db)
}
