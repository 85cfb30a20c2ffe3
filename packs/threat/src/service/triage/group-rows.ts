import type { Insertable, Transaction } from 'kysely'
import type { AlertGroup } from '../../group/alert-group.ts'
import type { Decision } from '../../triage/decision.ts'
import { storable, storableCount, storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { groupId, type TriageFinding } from './triage-finding.ts'

export type DecisionFinding = Extract<TriageFinding, { kind: 'decision' }>

/** What a row keeps beside its columns. */
export interface GroupBody {
  readonly group: AlertGroup
  readonly decision: Decision
}

const ROWS = 1500

/** Decided groups, with the suppressions that people have ordered. */
export async function addGroups(
  tx: Transaction<ThreatTables>,
  flow: string,
  findings: readonly DecisionFinding[],
): Promise<void> {
  if (findings.length === 0) return
  const earliest = findings.reduce((least, { group }) => Math.min(least, group.first), Number.POSITIVE_INFINITY)
  const orders = await activeSuppressions(tx, storableTime(earliest))
  for (let from = 0; from < findings.length; from += ROWS) {
    const rows = findings.slice(from, from + ROWS).map((finding) => rowOf(flow, finding, orders))
    await tx
      .insertInto('threat_groups')
      .values(rows)
      .onConflict((on) => on.column('id').doNothing())
      .execute()
  }
}

function rowOf(
  flow: string,
  { network, model, group, decision }: DecisionFinding,
  orders: Suppressions,
): Insertable<ThreatTables['threat_groups']> {
  const { number, signature, host, level, first, last, alerts } = group
  const body: GroupBody = { group, decision }
  const order = orders.get(suppressionKey(network, signature, host))
  return {
    ...{ id: groupId(flow, number), flow, network, number: String(number), level: storable(level), model },
    alerts: storableCount(alerts),
    ...{
      signature: storable(signature),
      host: storable(host),
      first_at: storableTime(first),
      last_at: storableTime(last),
    },
    ...{ action: decision.action, score: finite(decision.score), body: JSON.stringify(body) },
    suppressed: order !== undefined && storableTime(first) < order.until ? order.by : null,
  }
}

type Suppressions = ReadonlyMap<string, { readonly by: string; readonly until: Date }>
const suppressionKey = (network: string, signature: string, host: string): string =>
  [network, storable(signature), storable(host)].join('\n')

/** Orders of people that stand after a time: signature and host of a group somebody suppressed, until when; of several the longest. */
async function activeSuppressions(tx: Transaction<ThreatTables>, after: Date): Promise<Suppressions> {
  const rows = await tx
    .selectFrom('threat_dispositions as d')
    .innerJoin('threat_groups as g', 'g.id', 'd.group_id')
    .select(['g.network', 'g.signature', 'g.host', 'd.by', 'd.until_at'])
    .where('d.kind', '=', 'suppress')
    .where('d.undone_at', 'is', null)
    .where('d.until_at', '>', after)
    .orderBy('d.until_at')
    .execute()
  return new Map(
    rows.map((row) => [
      suppressionKey(row.network, row.signature, row.host),
      { by: row.by, until: row.until_at ?? new Date(0) },
    ]),
  )
}

const finite = (score: number): number => (Number.isFinite(score) ? score : 0)
