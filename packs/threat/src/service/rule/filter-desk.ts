import { randomUUID } from 'node:crypto'
import type { AlertView, FilterDraft } from '@dengta/sdk'
import { sql } from 'kysely'
import { storable } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { draftFilter, type JudgedAlert } from './filter-draft.ts'
import { ruleEntry } from './rule-list.ts'

/** Alerts of each verdict that are looked at, the newest. */
const MOST_ALERTS = 500

/** Drafts a filter from what people judged. Throws `threat.missing`. */
export async function filterFor(
  { store, clock }: Pick<ThreatContext, 'store' | 'clock'>,
  id: string,
): Promise<FilterDraft> {
  const rule = await ruleEntry({ store }, id)
  const judged = (['benign', 'attack'] as const).map((verdict) => judgedAlerts({ store }, rule, verdict))
  const day = clock.now().toISOString().slice(0, 10)
  return draftFilter(rule, (await Promise.all(judged)).flat(), { filterId: randomUUID(), day })
}

/** Alerts of a group are those of its signature on its host between its first and last. */
async function judgedAlerts(
  { store }: Pick<ThreatContext, 'store'>,
  { id, title }: { readonly id: string; readonly title: string },
  verdict: JudgedAlert['verdict'],
): Promise<readonly JudgedAlert[]> {
  const { rows } = await sql<{ found: string }>`
    select a.found from threat_alerts a join threat_groups g
      on g.flow = a.flow and g.signature = a.title and g.host = a.host and a.event_at between g.first_at and g.last_at
    where a.rule = ${storable(id)} and g.signature = ${storable(title)} and g.verdict = ${verdict}
    order by a.seq desc limit ${MOST_ALERTS}`.execute(store.db<ThreatTables>())
  return rows.map(({ found }) => ({ verdict, matched: (JSON.parse(found) as Pick<AlertView, 'matched'>).matched }))
}
