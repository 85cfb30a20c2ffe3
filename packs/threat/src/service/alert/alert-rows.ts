import { sql, type Transaction } from 'kysely'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { inTurns } from '../../pipeline/turns.ts'
import { detectorOf } from '../../triage/detector-tag.ts'
import { storable, storableTime } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { seenAlertOf } from '../triage/seen-alert-of.ts'
import { addHits } from './add-hits.ts'
import { addToRing, SLOT_ALERTS } from './alert-ring.ts'
import { creditOf } from './credit.ts'
import { TextColumns } from './text-columns.ts'

/** An event beyond this is not kept beside its alert; the alert says so. Characters of JSON. */
const MAX_EVENT = 16_384
const MAX_FIELDS = 32
const MAX_VALUE = 2000
/** Of one statement: more would hold the main thread for longer at once, and swell the memory of the embedded database. */
const PIECE_ALERTS = 200
const PIECE_CHARACTERS = 512 * 1024

/** Alerts, the credit of their rules once, and the count of hits a day. What is there already stays. */
export async function addAlerts(
  tx: Transaction<ThreatTables>,
  flow: string,
  alerts: readonly PipelineAlert[],
  full = SLOT_ALERTS,
): Promise<void> {
  for (let from = 0; from < alerts.length; ) {
    const piece = await inTurns(pieceOf(flow, alerts, from))
    from = piece.to
    const { names, rows } = piece.credits
    await sql`insert into threat_credits (${names}) select * from ${rows} on conflict do nothing`.execute(tx)
    await addToRing(tx, piece.alerts, full)
  }
  await addHits(tx, alerts)
}

/** The rows of one statement; `to` is the first alert behind them. */
function* pieceOf(flow: string, all: readonly PipelineAlert[], from: number) {
  const rows = new TextColumns(COLUMNS)
  const credits = new Map<string, string>()
  let [to, characters] = [from, 0]
  for (; to < all.length && to - from < PIECE_ALERTS && characters < PIECE_CHARACTERS; to += 1) {
    const row = rowOf(flow, all[to]!)
    const { digest, body } = creditOf(all[to]!.rule)
    credits.set(digest, body)
    rows.add({ ...row, credit: digest })
    characters += row.found.length + (row.event?.length ?? 0)
    yield
  }
  const known = new TextColumns({ digest: 'text', body: 'text' })
  for (const [digest, body] of credits) known.add({ digest, body })
  return { alerts: rows, credits: known, to }
}

const COLUMNS = {
  id: 'text',
  flow: 'text',
  event_at: 'timestamptz',
  received_at: 'timestamptz',
  rule: 'text',
  title: 'text',
  level: 'text',
  detector: 'text',
  host: 'text',
  stream: 'text',
  line: 'bigint',
  found: 'text',
  event: 'text',
  event_size: 'integer',
  credit: 'text',
} as const

function rowOf(flow: string, alert: PipelineAlert) {
  const { id, rule, eventMs, receivedMs, file, line, event } = alert
  const text = JSON.stringify(event) ?? 'null'
  return {
    ...{ id: storable(id), flow, rule: storable(rule.id), title: storable(rule.title), level: storable(rule.level) },
    ...{ event_at: storableTime(eventMs).toISOString(), received_at: storableTime(receivedMs).toISOString() },
    ...{ detector: detectorOf(rule.tags), host: storable(hostOf(alert)), stream: storable(file), line },
    ...{ found: foundOf(alert), event_size: text.length },
    event: text.length <= MAX_EVENT ? text : null,
  }
}

function hostOf(alert: PipelineAlert): string {
  return alert.entities ? (alert.entities.host ?? alert.file) : seenAlertOf(alert).host
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
