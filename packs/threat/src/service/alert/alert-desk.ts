import type { AlertDetail, AlertPage, AlertQuery, AlertView, RuleCredit } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { Selectable } from 'kysely'
import type { Alert } from '../../detect/alert.ts'
import type { AlertGroup } from '../../group/alert-group.ts'
import { notKept } from '../retention/gone.ts'
import { storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { threatErrors } from '../threat-errors.ts'
import { keptAlerts } from './alert-ring.ts'

export interface AlertDesk {
  list(query: AlertQuery): Promise<AlertPage>
  /** Throws `threat.missing`. */
  get(id: string): Promise<AlertDetail>
  /** The alert as detection made it, for findings. Throws `threat.missing`. */
  alert(id: string): Promise<FoundAlert>
}

interface FoundAlert {
  readonly alert: Alert
  /** Milliseconds since 1970. */
  readonly receivedMs: number
}

type Row = Selectable<ThreatTables['threat_alerts']> & { readonly body: string }

export function alertDesk(store: Store): AlertDesk {
  const rows = () => rowsOf(store)
  const find = async (id: string): Promise<Row> => {
    const row = await rows().where('a.id', '=', id).orderBy('a.seq', 'desc').limit(1).executeTakeFirst()
    if (!row) throw threatErrors.missing({ what: 'alert', id })
    return row
  }
  return {
    list: async (query) => {
      const { limit = 50, before } = query
      let select = await filtered(store, rows(), query)
      if (before !== undefined && /^\d{1,18}$/.test(before)) select = select.where('a.seq', '<', before)
      const all = await select
        .orderBy('a.seq', 'desc')
        .limit(limit + 1)
        .execute()
      const found = all.slice(0, limit)
      const next = all.length > limit ? found.at(-1)?.seq : undefined
      return { alerts: found.map(alertView), ...(next === undefined ? {} : { next }), ...(await keptOf(store)) }
    },
    get: async (id) => {
      const row = await find(id)
      const eventKept = row.event === null ? 'too_large' : 'whole'
      const group = await groupOf(store, row)
      return {
        ...alertView(row),
        eventKept,
        ...(group === undefined ? {} : { group }),
        ...(row.event === null ? {} : { event: JSON.parse(row.event) as unknown }),
      }
    },
    alert: async (id) => {
      const { rule, stream, line, logSource, matched, receivedAt } = alertView(await find(id))
      const source = logSource as Alert['logSource']
      const comparisons = matched.map(({ field, ...rest }) => ({ field, ...rest }))
      const alert = { rule, file: stream, line, logSource: source, matched: comparisons }
      return { alert, receivedMs: Date.parse(receivedAt) }
    },
  }
}

type Rows = ReturnType<typeof rowsOf>
const rowsOf = (store: Store) =>
  store
    .db<ThreatTables>()
    .selectFrom('threat_alerts as a')
    .innerJoin('threat_credits as c', 'c.digest', 'a.credit')
    .selectAll('a')
    .select('c.body')

/** Alerts of a group are those of its signature on its host between its first and last. */
async function filtered(
  store: Store,
  from: Rows,
  { rule, host, level, group, from: since, to }: AlertQuery,
): Promise<Rows> {
  let select = from
  if (rule !== undefined) select = select.where('a.rule', '=', rule)
  if (host !== undefined) select = select.where('a.host', '=', host)
  if (level !== undefined) select = select.where('a.level', '=', level)
  if (since !== undefined) select = select.where('a.event_at', '>=', new Date(since))
  if (to !== undefined) select = select.where('a.event_at', '<', new Date(to))
  if (group === undefined) return select
  const found = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .selectAll()
    .where('id', '=', group)
    .executeTakeFirst()
  if (!found) throw await notKept(store, 'group', group)
  return select
    .where('a.flow', '=', found.flow)
    .where('a.title', '=', found.signature)
    .where('a.host', '=', found.host)
    .where('a.event_at', '>=', found.first_at)
    .where('a.event_at', '<=', lastOf(found))
}

type GroupEnd = Pick<Selectable<ThreatTables['threat_groups']>, 'last_at' | 'grown'>

/** A group of an incident may have gone on after its decision. */
function lastOf({ last_at, grown }: GroupEnd): Date {
  const last = grown === null ? last_at : storableTime((JSON.parse(grown) as AlertGroup).last)
  return last > last_at ? last : last_at
}

/** The decided group of an alert: the last of its signature on its host that had begun by then, if it goes on so long. */
async function groupOf(store: Store, { flow, title, host, event_at }: Row): Promise<string | undefined> {
  const found = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .select(['id', 'last_at', 'grown'])
    .where('signature', '=', title)
    .where('host', '=', host)
    .where('first_at', '<=', event_at)
    .where('flow', '=', flow)
    .orderBy('first_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found && lastOf(found) >= event_at ? found.id : undefined
}

async function keptOf(store: Store): Promise<Pick<AlertPage, 'kept' | 'since'>> {
  const { alerts, since } = await keptAlerts(store.db<ThreatTables>())
  return { kept: alerts, ...(since && { since: since.toISOString() }) }
}

function alertView(row: Row): AlertView {
  const { id, detector, host, stream, line } = row
  const { logSource, matched } = JSON.parse(row.found) as Pick<AlertView, 'logSource' | 'matched'>
  const times = { time: row.event_at.toISOString(), receivedAt: row.received_at.toISOString() }
  return {
    id,
    ...times,
    rule: JSON.parse(row.body) as RuleCredit,
    detector,
    host,
    stream,
    line: Number(line),
    logSource,
    matched,
  }
}
