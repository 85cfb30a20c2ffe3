import type { Store } from '@dengta/store'
import { type Kysely, sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import { threatErrors } from '../threat-errors.ts'

type Kind = 'group' | 'incident' | 'ticket'

interface Gone {
  /** The day, UTC. */
  readonly day: string
  /** None where it was never on record: an incident that never opened. */
  readonly record: string | null
}

/** Why something cannot be shown: it is gone, since when and where its record is; or it was never there. */
export async function notKept(store: Store, what: Kind, id: string): Promise<Error> {
  const gone = what === 'group' ? await goneGroup(store, id) : await goneRow(store, what, id)
  if (!gone) return threatErrors.missing({ what, id })
  const { day, record } = gone
  return record === null ? threatErrors.gone_candidate({ id, day }) : threatErrors.gone({ id, day, record })
}

const GROUP = /^group_(.+)_(\d{1,18})$/

async function goneGroup(store: Store, id: string): Promise<Gone | undefined> {
  const [, flow, number] = GROUP.exec(id) ?? []
  if (flow === undefined) return undefined
  const { rows } = await sql<Gone>`select day::text as day, record from threat_gone_groups
    where numbers @> ${number}::bigint and flow = ${flow} limit 1`.execute(store.db())
  return rows[0]
}

async function goneRow(store: Store, kind: Kind, id: string): Promise<Gone | undefined> {
  const { rows } = await sql<Gone>`select to_char(gone_at at time zone 'UTC', 'YYYY-MM-DD') as day, record
    from threat_gone where id = ${id} and kind = ${kind}`.execute(store.db())
  return rows[0]
}

/** Records of gone groups, as `target` and `record`. */
export async function recordsOfGoneGroups(
  db: Kysely<ThreatTables>,
  ids: readonly string[],
): Promise<readonly { readonly target: string; readonly record: string }[]> {
  const named = ids.flatMap((id) => {
    const [, flow, number] = GROUP.exec(id) ?? []
    return flow === undefined || number === undefined ? [] : [{ id, flow, number }]
  })
  const column = (name: 'id' | 'flow' | 'number') => named.map((each) => each[name])
  const { rows } = await sql<{ target: string; record: string }>`
    select asked.id as target, gone.record
    from unnest(${column('id')}::text[], ${column('flow')}::text[], ${column('number')}::bigint[]) as asked (id, flow, number)
    join threat_gone_groups gone on gone.numbers @> asked.number and gone.flow = asked.flow`.execute(db)
  return rows
}

/** Records of gone incidents and tickets. */
export async function recordsOfGone(
  db: Kysely<ThreatTables>,
  ids: readonly string[],
): Promise<readonly { readonly target: string; readonly record: string | null }[]> {
  const { rows } = await sql<{ target: string; record: string | null }>`
    select id as target, record from threat_gone where id = any(${ids}::text[])`.execute(db)
  return rows
}
