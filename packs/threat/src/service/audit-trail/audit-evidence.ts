import type { AuditEvidence, AuditKind } from '@dengta/sdk'
import { type Kysely, type Selectable, sql } from 'kysely'
import { recordsOfGone, recordsOfGoneGroups } from '../retention/gone.ts'
import type { ThreatTables } from '../tables.ts'

type Act = Pick<Selectable<ThreatTables['threat_audit']>, 'seq' | 'kind' | 'action' | 'target'>
type Db = Kysely<ThreatTables>
/** Records by target, oldest first. */
type Records = ReadonlyMap<string, readonly string[]>

const SHOWN = 5
/** The record of a closed ticket states its clock, so it covers the acts that set it. */
const ON_THE_CLOCK: ReadonlySet<string> = new Set(
  ['acknowledge', 'respond', 'resolve', 'close'].map((kind) => `ticket.${kind}`),
)

/** Looks up the records of one kind of target. Kinds without an entry are not on record. */
const LOOK_UPS: Partial<Record<AuditKind, (db: Db, targets: readonly string[]) => Promise<Records>>> = {
  group: async (db, targets) =>
    gathered([
      ...(await db
        .selectFrom('threat_groups')
        .select(['id as target', 'batch as record'])
        .where('id', 'in', targets)
        .execute()),
      ...(await recordsOfGoneGroups(db, targets)),
    ]),
  incident: async (db, targets) =>
    gathered([
      ...(await db
        .selectFrom('threat_incidents')
        .select(['id as target', 'record'])
        .where('id', 'in', targets)
        .execute()),
      ...(await recordsOfGone(db, targets)),
    ]),
  ticket: async (db, targets) =>
    gathered([
      ...(await db
        .selectFrom('threat_tickets')
        .select(['id as target', 'record'])
        .where('id', 'in', targets)
        .execute()),
      ...(await recordsOfGone(db, targets)),
    ]),
  run: async (db, targets) =>
    gathered(
      await db
        .selectFrom('threat_run_facts')
        .select(['run as target', 'record'])
        .where('run', 'in', targets)
        .orderBy(sql`length(fact)`)
        .orderBy('fact')
        .execute(),
    ),
  model: async (db, targets) =>
    gathered(
      await db.selectFrom('threat_models').select(['id as target', 'record']).where('id', 'in', targets).execute(),
    ),
  rule: async (db, targets) =>
    gathered(
      (await db.selectFrom('threat_rule_sets').select(['hash', 'body']).where('hash', 'in', targets).execute()).map(
        ({ hash, body }) => ({ target: hash, record: (JSON.parse(body) as { record?: string }).record ?? null }),
      ),
    ),
  replay: async (db, targets) =>
    gathered(
      (await db.selectFrom('threat_replays').select(['id', 'body']).where('id', 'in', targets).execute()).flatMap(
        ({ id, body }) =>
          ((JSON.parse(body) as { records?: string[] }).records ?? []).map((record) => ({ target: id, record })),
      ),
    ),
}

/** By `seq` of the act, where there is any. */
export async function evidenceOf(db: Db, acts: readonly Act[]): Promise<ReadonlyMap<string, AuditEvidence>> {
  const found = new Map<string, AuditEvidence>()
  for (const [kind, lookUp] of Object.entries(LOOK_UPS)) {
    const own = acts.filter((act) => act.kind === kind && isCovered(act.action))
    if (own.length === 0) continue
    const records = await lookUp(db, [...new Set(own.map(({ target }) => target))])
    for (const { seq, target } of own) {
      const all = records.get(target) ?? []
      const of = kind === 'group' ? 'decision' : 'act'
      if (all.length > 0) found.set(seq, { of, records: all.slice(-SHOWN), count: all.length })
    }
  }
  return found
}

const isCovered = (action: string): boolean =>
  (!action.startsWith('ticket.') || ON_THE_CLOCK.has(action)) && action !== 'replay.stop'

function gathered(rows: readonly { readonly target: string; readonly record: string | null }[]): Records {
  const found = new Map<string, string[]>()
  for (const { target, record } of rows) if (record !== null) found.set(target, [...(found.get(target) ?? []), record])
  return found
}
