import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import type { Insertable, Transaction } from 'kysely'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { storable, storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { detectorOf, seenAlertOf } from '../triage/seen-alert-of.ts'

/** An event beyond this is not kept beside its alert; the alert says so. Characters of JSON. */
const MAX_EVENT = 16_384
const MAX_FIELDS = 32
const MAX_VALUE = 2000
/** Rows of one statement: PostgreSQL takes 65,535 parameters. */
const ROWS = 2000

/** Alerts, the credit of their rules once, and the count of hits a day. What is there already stays. */
export async function addAlerts(
  tx: Transaction<ThreatTables>,
  flow: string,
  alerts: readonly PipelineAlert[],
): Promise<void> {
  const credits = new Map<string, string>()
  for (let from = 0; from < alerts.length; from += ROWS) {
    const rows = alerts.slice(from, from + ROWS).map((alert) => rowOf(flow, alert, credits))
    const known = [...credits].map(([digest, body]) => ({ digest, body }))
    await tx
      .insertInto('threat_credits')
      .values(known)
      .onConflict((on) => on.doNothing())
      .execute()
    await tx
      .insertInto('threat_alerts')
      .values(rows)
      .onConflict((on) => on.column('id').doNothing())
      .execute()
  }
  await addHits(tx, alerts)
}

function rowOf(
  flow: string,
  alert: PipelineAlert,
  credits: Map<string, string>,
): Insertable<ThreatTables['threat_alerts']> {
  const { id, rule, eventMs, receivedMs, file, line, event } = alert
  const body = storable(canonicalJson({ ...rule, tags: [...rule.tags] }), 20_000)
  const credit = sha256Hex(utf8(body))
  credits.set(credit, body)
  const text = JSON.stringify(event) ?? 'null'
  return {
    ...{ id: storable(id), flow, rule: storable(rule.id), title: storable(rule.title), level: storable(rule.level) },
    ...{ event_at: storableTime(eventMs), received_at: storableTime(receivedMs), credit },
    ...{ detector: detectorOf(rule.tags), host: storable(seenAlertOf(alert).host), stream: storable(file) },
    ...{ line: String(line), found: foundOf(alert), event_size: text.length },
    event: text.length <= MAX_EVENT ? text : null,
  }
}

/** Log source and matched comparisons, long values cut. */
function foundOf({ logSource, matched }: PipelineAlert): string {
  const cut = (value: unknown) =>
    typeof value === 'string' && value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value
  const fields = matched.slice(0, MAX_FIELDS).map(({ field, wanted, found }) => ({
    ...(field === undefined ? {} : { field }),
    wanted: cut(wanted),
    found: found.slice(0, MAX_FIELDS).map(cut),
  }))
  return JSON.stringify({ logSource, matched: fields })
}

async function addHits(tx: Transaction<ThreatTables>, alerts: readonly PipelineAlert[]): Promise<void> {
  const hits = new Map<string, { rule: string; day: string; alerts: number; last_at: Date }>()
  for (const { rule, eventMs } of alerts) {
    const at = storableTime(eventMs)
    const day = at.toISOString().slice(0, 10)
    const known = hits.get(`${day} ${rule.id}`) ?? { rule: storable(rule.id), day, alerts: 0, last_at: at }
    known.alerts += 1
    if (at > known.last_at) known.last_at = at
    hits.set(`${day} ${rule.id}`, known)
  }
  if (hits.size === 0) return
  await tx
    .insertInto('threat_hits')
    .values([...hits.values()])
    .onConflict((on) =>
      on.columns(['rule', 'day']).doUpdateSet((eb) => ({
        alerts: eb('threat_hits.alerts', '+', eb.ref('excluded.alerts')),
        last_at: eb.fn<Date>('greatest', ['threat_hits.last_at', 'excluded.last_at']),
      })),
    )
    .execute()
}
