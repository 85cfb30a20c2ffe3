import { type Kysely, sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'

type Db = Kysely<ThreatTables>

/** Networks with decided groups, kept or not, that with the newest group first. Each is one step through an index. */
export async function knownNetworks(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ network: string }>`
    with recursive kept (network) as (
      (select network from threat_groups order by network limit 1)
      union all select (select network from threat_groups g where g.network > kept.network order by network limit 1)
      from kept where kept.network is not null
    ), gone (network) as (
      (select network from threat_gone_labels order by network limit 1)
      union all select (select network from threat_gone_labels g where g.network > gone.network order by network limit 1)
      from gone where gone.network is not null
    ), known as (
      select network, (select max(seq) from threat_groups g where g.network = kept.network) as newest from kept
      union all select network, 0 from gone
      union all select distinct network, 0 from threat_gone_counts
    )
    select network from known where network is not null group by network order by max(newest) desc, network`.execute(db)
  return rows.map(({ network }) => network)
}

/** The newest flow of a network: of a log that was replayed twice the last replay is looked at, not both as one. */
export async function newestFlow(db: Db, network: string): Promise<string | undefined> {
  const { rows } = await sql<{ flow: string }>`
    (select flow, 1 as rank from threat_groups where network = ${network} order by seq desc limit 1)
    union all (select flow, 2 from threat_gone_labels where network = ${network} order by flow desc limit 1)
    order by rank limit 1`.execute(db)
  return rows[0]?.flow
}
