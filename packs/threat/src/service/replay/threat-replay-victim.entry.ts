import type { ReplayList, ReplayView } from '@dengta/sdk'
import { openStore } from '@dengta/store'
import { sql } from 'kysely'
import { ANN, AUDITOR, threatHouse } from '../threat-house.fixture.ts'
import { dyingStore, type VictimConfig } from './replay-victim.ts'

// The victim of the kill test of replays: starts one where there is none, waits for its end, and says what it is then.
async function replayOnce({ home, dieBefore }: VictimConfig): Promise<void> {
  const house = await threatHouse({
    name: 'PGlite',
    make: async (migrations, options) => {
      const store = await openStore({ home, migrations, clock: options!.clock! })
      return dieBefore === undefined ? store : dyingStore(store, dieBefore)
    },
  })
  const { replays } = await house.call<ReplayList>(AUDITOR, 'GET /replays')
  const { id } = replays[0] ?? (await house.call<ReplayView>(ANN, 'POST /replays', { body: { sample: true } }))
  await house.store.jobs.idle()
  const { state, failure, outcome } = await house.call<ReplayView>(AUDITOR, 'GET /replays/:id', { params: { id } })
  const { rows } =
    await sql`select (select count(*) from threat_alerts) as alerts, (select sum(alerts) from threat_hits)
    as hits, (select count(*) from threat_groups) as groups, (select count(*) from threat_incidents) as incidents`.execute(
      house.store.db(),
    )
  console.log(JSON.stringify({ state, failure, outcome, rows: rows[0] }))
  await house.close()
}

await replayOnce(JSON.parse(process.argv[2] ?? '{}') as VictimConfig)
