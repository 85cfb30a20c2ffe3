import { canonicalJson, HOUSE, utf8 } from '@dengta/kernel'
import type { NewRecord } from '@dengta/ledger'
import type { SettlementQuery, SettlementTrial, SettlementView } from '@dengta/sdk'
import { namesOf } from '../engine/targets-of-event.ts'
import { MINUTE } from '../settlement/meter.ts'
import type { SettlementAnswer } from '../settlement/settle.ts'
import type { ComputeTables } from '../tables.ts'
import type { GridEventRow } from './grid-event.ts'
import { gridEventErrors as errors } from './grid-event-errors.ts'
import type { GridEventServiceParts } from './grid-event-parts.ts'
import { readMeters } from './meter-file.ts'
import { settleEvent, settlementView, settleOwnJobs } from './settle-event.ts'
import { shrunkUnder, withShrunk } from './shrunk-jobs.ts'
import { wasWatched } from './was-watched.ts'

/** What an event came to, and what that rests on. */
interface Settled {
  readonly answer: SettlementAnswer
  readonly source: SettlementView['source']
  /** SHA-256 of the meter file; none for an estimate. */
  readonly meterFile?: string | undefined
}

export interface GivenMeters {
  readonly query: SettlementQuery
  readonly csv: AsyncIterable<Uint8Array>
}

/** Further back than any baseline looks. */
const LOOK_BACK = 62 * 24 * 60 * MINUTE

/** Reckons an event that is over from its meters. Throws `grid_event.not_over`, `grid_event.meter_*`, `day.not_text`. */
export async function reckonFromMeters(
  parts: GridEventServiceParts,
  event: GridEventRow,
  { query, csv }: GivenMeters,
): Promise<Settled> {
  checkOver(parts, event)
  const { meters, digest } = await readMeters(csv, event.request.sites)
  const since = new Date(event.from.getTime() - LOOK_BACK)
  const [opened, events] = await Promise.all([parts.opened.open(event.plan), parts.events.notOver(since)])
  const answer = settleEvent(event, opened, { meters, query, events })
  return { answer, source: 'metered', meterFile: digest }
}

/** Reckons what the jobs of this house did, by the power at which they were ordered to run: an estimate, and said to be one. */
export async function reckonFromEngine(
  parts: GridEventServiceParts,
  event: GridEventRow,
  query: SettlementQuery,
): Promise<Settled> {
  checkOver(parts, event)
  const opened = await parts.opened.open(event.plan)
  const theirs = namesOf(await parts.days.snapshot(opened.day.snapshot))
  const meters = await parts.power.read(...minutesOf(event))
  return { answer: settleOwnJobs(event, opened, { meters, query, theirs }), source: 'estimate' }
}

/** The whole minutes that an event touches, milliseconds since 1970. */
const minutesOf = ({ from, to }: GridEventRow): readonly [from: number, to: number] => [
  Math.floor(from.getTime() / MINUTE) * MINUTE,
  Math.ceil(to.getTime() / MINUTE) * MINUTE,
]

function checkOver({ clock }: GridEventServiceParts, { to }: GridEventRow): void {
  if (clock.now() < to) throw errors.not_over({ to: to.toISOString() })
}

/** Throws `grid_event.settled`. */
export function checkUnsettled({ id, settlement }: GridEventRow): void {
  if (settlement) throw errors.settled({ id, record: settlement.record })
}

/** The settlement as it would stand, with no effect. Throws `grid_event.not_enough_data`. */
export async function settlementTrial(
  parts: GridEventServiceParts,
  event: GridEventRow,
  { answer, source }: Settled,
): Promise<SettlementTrial> {
  if (!answer.ok) {
    const said = answer.reasons.map(({ text }) => text)
    throw errors.not_enough_data({ en: said.map(({ en }) => en).join('; '), zh: said.map(({ zh }) => zh).join('；') })
  }
  const complied = await complianceWith(parts, event)
  const view = settlementView(answer.settlement, event, source)
  if (!complied) return view
  return withShrunk({ ...view, complianceSeconds: complied.seconds }, shrunkUnder(event.id, complied.shrunk))
}

/** That nothing stood above its limit is believed of a house that watched; a journal without a word is no sign of it. */
async function complianceWith({ compliance, power }: GridEventServiceParts, event: GridEventRow) {
  const { sites } = event.request
  const complied = await compliance(sites, event.from.getTime(), event.to.getTime())
  if (!complied || complied.seconds > 0) return complied
  const [from, to] = minutesOf(event)
  return wasWatched(await power.read(from, to), sites, from) ? complied : undefined
}

/** Puts the settlement on record; throws `grid_event.settled` where another was quicker. */
export async function keepSettlement(
  parts: GridEventServiceParts,
  event: GridEventRow,
  settled: Settled,
): Promise<void> {
  const { store, ledger, clock, events } = parts
  const { id } = event
  const view = await settlementTrial(parts, event, settled)
  const file = await store.blobs.put(utf8(canonicalJson({ format: 'dengta-settlement/v1', event: id, ...view })))
  const files = { file: file.digest, meterFile: settled.meterFile }
  await store.transaction<ComputeTables, void>(async (tx) => {
    const { id: record } = await ledger.append(tx, settlementRecord(event, view, files))
    const kept = { ...view, record, settledAt: clock.now().toISOString() }
    if (!(await events.settle(tx, id, kept))) throw errors.settled({ id, record: '-' })
  })
}

interface SettlementFiles extends Pick<Settled, 'meterFile'> {
  /** SHA-256 of the settlement file. */
  readonly file: string
}

function settlementRecord(
  event: GridEventRow,
  view: SettlementTrial,
  { file, meterFile }: SettlementFiles,
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
    subjects: [
      { name: `settlement:${event.id}`, digest: { sha256: file } },
      ...(meterFile === undefined ? [] : [{ name: `meters:${event.id}`, digest: { sha256: meterFile } }]),
    ],
    predicate: {
      ...{ basis: [event.record], event: event.id, baselineMethod, source, file },
      ...{ baselineKwh, drawnKwh, requestedKwh, deliveredKwh, minutes, minutesWithin },
      ...(complianceSeconds !== undefined && { complianceSeconds }),
    },
  }
}
