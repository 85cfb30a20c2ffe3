import { canonicalJson, HOUSE, utf8 } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { SettlementQuery, SettlementView } from '@dengta/sdk'
import { namesOf } from '../engine/targets-of-event.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { SettlementAnswer } from '../settlement/settle.ts'
import type { ComputeTables } from '../tables.ts'
import type { GridEventRow } from './grid-event.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'
import type { GridEventServiceParts } from './grid-event-parts.ts'
import { readMeters } from './meter-file.ts'
import { settleEvent, settlementView, settleOwnJobs } from './settle-event.ts'

/** Settles an event that is over from its meters, and puts that on record. Throws `grid_event.*`. */
export async function settleFromMeters(
  parts: GridEventServiceParts,
  event: GridEventRow,
  given: { readonly query: SettlementQuery; readonly csv: string },
): Promise<void> {
  checkSettles(parts, event)
  const meters = readMeters(given.csv)
  const answer = settleEvent(event, await parts.opened.open(event.plan), { meters, query: given.query })
  await keep(parts, event, { answer, source: 'metered' })
}

/** Settles what the jobs of this house did, by the power at which they were ordered to run: an estimate, and said to be one. */
export async function settleFromEngine(
  parts: GridEventServiceParts,
  event: GridEventRow,
  query: SettlementQuery,
): Promise<void> {
  checkSettles(parts, event)
  const opened = await parts.opened.open(event.plan)
  const theirs = namesOf(await parts.days.snapshot(opened.day.snapshot))
  const span = [Math.floor(event.from.getTime() / MINUTE), Math.ceil(event.to.getTime() / MINUTE)] as const
  const meters = await parts.power.read(span[0] * MINUTE, span[1] * MINUTE)
  await keep(parts, event, { answer: settleOwnJobs(event, opened, { meters, query, theirs }), source: 'estimate' })
}

function checkSettles({ clock }: GridEventServiceParts, { id, to, settlement }: GridEventRow): void {
  if (settlement) throw errors.settled({ id, record: settlement.record })
  if (clock.now() < to) throw errors.not_over({ to: to.toISOString() })
}

interface Settled {
  readonly answer: SettlementAnswer
  readonly source: SettlementView['source']
}

async function keep(parts: GridEventServiceParts, event: GridEventRow, { answer, source }: Settled): Promise<void> {
  const { store, ledger, clock, events, compliance } = parts
  const { id, from, to } = event
  if (!answer.ok) {
    const { en, zh } = answer.reasons[0]!.text
    throw errors.not_enough_data({ en, zh })
  }
  const complied = await compliance(event.request.sites, from.getTime(), to.getTime())
  const view = {
    ...settlementView(answer.settlement, event, source),
    ...(complied && { complianceSeconds: complied.seconds }),
  }
  const file = await store.blobs.put(utf8(canonicalJson({ format: 'dengta-settlement/v1', event: id, ...view })))
  await store.transaction<ComputeTables, void>(async (tx) => {
    const { id: record } = await ledger.append(tx, settlementRecord(event, view, file.digest))
    const settled = { ...view, record, settledAt: clock.now().toISOString() }
    if (!(await events.settle(tx, id, settled))) throw errors.settled({ id, record: '-' })
  })
}

function settlementRecord(
  event: GridEventRow,
  view: Omit<SettlementView, 'record' | 'settledAt'>,
  file: string,
): NewRecord<'settlement'> {
  const {
    baselineMethod,
    source,
    baselineKwh,
    drawnKwh,
    requestedKwh,
    deliveredKwh,
    minutes,
    minutesWithin,
    complianceSeconds,
  } = view
  return {
    kind: 'settlement',
    actor: HOUSE,
    subjects: [{ name: `settlement:${event.id}`, digest: { sha256: file } }],
    predicate: {
      ...{ basis: [event.record], event: event.id, baselineMethod, source, file },
      ...{ baselineKwh, drawnKwh, requestedKwh, deliveredKwh, minutes, minutesWithin },
      ...(complianceSeconds !== undefined && { complianceSeconds }),
    },
  }
}
