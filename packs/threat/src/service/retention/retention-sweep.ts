import { sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { forgetGroups, orderStands } from './forget-groups.ts'
import { forgetDeliveries, forgetIncident, forgetTickets, seeIncidents, type TicketPlace } from './forget-incidents.ts'
import { areAllYoung, type DoneGroup, type Going, goingOf, type Retention, tooMany, tooOld } from './retention.ts'
import { DONE } from './retention-migration.ts'

export interface SweepParts extends Pick<ThreatContext, 'store' | 'clock'> {
  readonly retention: Retention
}

/** Groups looked at in one step: 7 ms of CPU where all of them go. */
const WINDOW = 100
const COUNTED = 10_000
const START = '0'

/** What one sweep works by. */
interface Sweep extends SweepParts {
  readonly now: Date
  /** Flows of replays that are not over: their labels come last. */
  readonly running: readonly string[]
}

/** Lets go of what is out of keeping, a small step at a time; yields how many rows of groups, incidents and others went. */
export async function* sweep(parts: SweepParts): AsyncGenerator<number, void> {
  const whole: Sweep = { ...parts, now: parts.clock.now(), running: await runningFlows(parts) }
  const old = tooOld(parts.retention, whole.now)
  yield* groupsOf(whole, old)
  yield* surplus(whole)
  yield* incidents(whole, old)
  yield* tickets(whole, old.before)
  yield* deliveries(whole, old.before)
}

/** Those that nobody judged first. */
async function* surplus(whole: Sweep): AsyncGenerator<number> {
  const { before, most } = tooMany(whole.retention, yield* countOf(whole), whole.now)
  const gone = yield* groupsOf(whole, { before, most, judged: false })
  yield* groupsOf(whole, { before, most: most - gone, judged: true })
}

/** Returns how many went. */
async function* groupsOf(whole: Sweep, going: Going): AsyncGenerator<number, number> {
  let all = 0
  for (let after = START; all < going.most; ) {
    const window = await doneGroups(whole, after)
    const last = window.at(-1)
    if (!last || areAllYoung(window, going)) break
    after = last.seq
    const gone = await forget(whole, goingOf(window, { ...going, most: going.most - all }))
    all += gone
    yield gone
  }
  return all
}

async function forget({ store, now }: Sweep, ids: readonly string[], incident?: string): Promise<number> {
  if (ids.length === 0) return 0
  const of = incident === undefined ? { now } : { now, incident }
  return store.transaction<ThreatTables, number>((tx) => forgetGroups(tx, ids, of))
}

/** The next groups that nobody waits for, in the order in which they were decided. */
async function doneGroups({ store, now, running }: Sweep, after: string): Promise<readonly DoneGroup[]> {
  const { rows } = await sql<DoneGroup>`
    select g.seq, g.id, b.sealed_at as "sealedAt", greatest(b.sealed_at, g.judged_at) as at, g.verdict is not null as judged,
      g.flow = any(${running}::text[]) or (g.verdict is not null and ${orderStands(now)}) as needed
    from (select * from threat_groups where seq > ${after} and ${sql.raw(DONE)} order by seq limit ${WINDOW}) g
    join threat_batches b on b.record = g.batch order by g.seq`.execute(store.db())
  return rows
}

async function* incidents(whole: Sweep, going: Going): AsyncGenerator<number> {
  const { store, running, now } = whole
  const { before } = going
  for (let after = START; ; ) {
    const window = await store.transaction<ThreatTables, Awaited<ReturnType<typeof seeIncidents>>>((tx) =>
      seeIncidents(tx, { before, after, running }),
    )
    const last = window.at(-1)
    if (!last) return
    after = last.seq
    for (const { id } of window.filter(({ isOver }) => isOver)) {
      yield* groupsOfIncident(whole, id, going)
      const gone = await store.transaction<ThreatTables, boolean>((tx) => forgetIncident(tx, id, { before, now }))
      yield gone ? 1 : 0
    }
    yield 0
  }
}

async function* groupsOfIncident(whole: Sweep, incident: string, going: Going): AsyncGenerator<number> {
  for (;;) {
    const { rows } = await sql<DoneGroup>`
      select g.seq, g.id, b.sealed_at as "sealedAt", greatest(b.sealed_at, g.judged_at) as at, g.verdict is not null as judged,
        ${orderStands(whole.now)} as needed
      from threat_groups g join threat_batches b on b.record = g.batch
      where g.incident = ${incident} and (g.verdict is not null or g.suppressed is not null) limit ${WINDOW}`.execute(
      whole.store.db(),
    )
    const gone = await forget(whole, goingOf(rows, going), incident)
    if (gone === 0) return
    yield gone
  }
}

async function* tickets({ store, now }: Sweep, before: Date): AsyncGenerator<number> {
  for (let after: TicketPlace | undefined = { changed_at: new Date(0), id: '' }; after; ) {
    const place: TicketPlace = after
    const { last, gone } = await store.transaction<ThreatTables, Awaited<ReturnType<typeof forgetTickets>>>((tx) =>
      forgetTickets(tx, { before, now, after: place }),
    )
    after = last
    yield gone
  }
}

async function* deliveries({ store }: Sweep, before: Date): AsyncGenerator<number> {
  for (;;) {
    const gone = await store.transaction<ThreatTables, number>((tx) => forgetDeliveries(tx, before))
    if (gone === 0) return
    yield gone
  }
}

/** How many groups nobody waits for, counted in steps: all at once would hold up everybody for a tenth of a second a million. */
async function* countOf({ store }: Sweep): AsyncGenerator<number, number> {
  let count = 0
  for (let after = START; ; ) {
    const { rows } = await sql<{ groups: string; last: string | null }>`
      select count(*) as groups, max(seq) as last from (select seq from threat_groups
        where seq > ${after} and ${sql.raw(DONE)} order by seq limit ${COUNTED}) as each`.execute(store.db())
    const { groups = '0', last = null } = rows[0] ?? {}
    count += Number(groups)
    if (last === null || Number(groups) < COUNTED) return count
    after = last
    yield 0
  }
}

async function runningFlows({ store }: SweepParts): Promise<readonly string[]> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_replays')
    .select('id')
    .where('state', 'in', ['waiting', 'running'])
    .execute()
  return rows.flatMap(({ id }) => [id, `${id}-events`])
}
