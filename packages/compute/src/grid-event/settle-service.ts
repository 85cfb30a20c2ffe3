import { canonicalJson, HOUSE, utf8 } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { SettlementQuery, SettlementView } from '@dengta/sdk'
import type { ComputeTables } from '../tables.ts'
import type { GridEventRow } from './grid-event.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'
import type { GridEventServiceParts } from './grid-event-parts.ts'
import { readMeters } from './meter-file.ts'
import { settleEvent, settlementView } from './settle-event.ts'

/** Settles an event that is over from its meters, and puts that on record. Throws `grid_event.*`. */
export async function settleFromMeters(
  parts: GridEventServiceParts,
  event: GridEventRow,
  given: { readonly query: SettlementQuery; readonly csv: string },
): Promise<void> {
  const { store, ledger, clock, opened, events } = parts
  const { id } = event
  if (event.settlement) throw errors.settled({ id, record: event.settlement.record })
  if (clock.now() < event.to) throw errors.not_over({ to: event.to.toISOString() })
  const meters = readMeters(given.csv)
  const answer = settleEvent(event, await opened.open(event.plan), { meters, query: given.query })
  if (!answer.ok) {
    const { en, zh } = answer.reasons[0]!.text
    throw errors.not_enough_data({ en, zh })
  }
  const view = settlementView(answer.settlement, event)
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
  const { baselineMethod, source, baselineKwh, drawnKwh, requestedKwh, deliveredKwh, minutes, minutesWithin } = view
  return {
    kind: 'settlement',
    actor: HOUSE,
    subjects: [{ name: `settlement:${event.id}`, digest: { sha256: file } }],
    predicate: {
      ...{ basis: [event.record], event: event.id, baselineMethod, source, file },
      ...{ baselineKwh, drawnKwh, requestedKwh, deliveredKwh, minutes, minutesWithin },
    },
  }
}
