import type { LoggedRecord, Predicate, RecordKind } from '@dengta/evidence'
import type { Ledger } from '@dengta/ledger'

type Records = readonly LoggedRecord[]

/**
 * What stands on record about the compute that a scenario used: the plans that its usage rests on, the grid events that held at
 * its sites while its jobs ran, with their plans, and the settlements of these events. Such records serve many scenarios at
 * once, so they name none.
 */
export async function computeRecordsOf(ledger: Ledger, own: Records): Promise<Records> {
  const usages = ofKind(own, 'usage')
  if (usages.length === 0) return []
  const events = ofKind(await ledger.records({ kinds: ['grid-event'] }), 'grid-event').filter((event) =>
    usages.some((usage) => heldDuring(event.statement.predicate, usage.statement.predicate)),
  )
  const settlements = await Promise.all(events.map(({ id }) => ledger.records({ basis: id, kinds: ['settlement'] })))
  const plans = await plansBelow(ledger, [...usages, ...events])
  return [...plans, ...events, ...settlements.flat()]
}

function ofKind<K extends RecordKind>(records: Records, kind: K): readonly LoggedRecord<K>[] {
  return records.filter((record): record is LoggedRecord & LoggedRecord<K> => record.kind === kind)
}

/** Whether an event held at the site of a job while it ran. Pure. */
export function heldDuring(
  event: Pick<Predicate<'grid-event'>, 'sites' | 'from' | 'to'>,
  usage: Pick<Predicate<'usage'>, 'site' | 'startedAt' | 'endedAt'>,
): boolean {
  const [from, to, began, ended] = [event.from, event.to, usage.startedAt, usage.endedAt].map((at) => Date.parse(at))
  return event.sites.includes(usage.site) && from! < ended! && began! < to!
}

/** The plans that records rest on, and those that these were made from. */
async function plansBelow(ledger: Ledger, above: Records): Promise<Records> {
  const found = new Map<string, LoggedRecord>()
  const waiting = above.flatMap((record) => record.statement.predicate.basis)
  for (const id of waiting) {
    if (found.has(id)) continue
    const record = await ledger.find(id)
    if (record?.kind !== 'plan') continue
    found.set(id, record)
    waiting.push(...record.statement.predicate.basis)
  }
  return [...found.values()]
}
