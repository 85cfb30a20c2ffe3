import {
  AUDIT_COUNTED,
  type AuditAct,
  type AuditEvidence,
  type AuditPage,
  type AuditQuery,
  auditKind,
} from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import { evidenceOf } from './audit-evidence.ts'

/**
 * A page of the trail, newest first, with the records behind each act. A `before` that is no number is left out. Pages are
 * found by an index on time, person or kind, and the count stops at `AUDIT_COUNTED`.
 */
export async function readAudit(store: Store, { limit = 100, before, ...filter }: AuditQuery): Promise<AuditPage> {
  const db = store.db<ThreatTables>()
  const fitting = db.selectFrom('threat_audit').where((eb) => fits(eb, filter))
  const isPlace = before !== undefined && /^\d{1,18}$/.test(before)
  const rows = await (isPlace ? fitting.where(isOlderThan(before)) : fitting)
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
  const counted = fitting.select('seq').limit(AUDIT_COUNTED + 1)
  const { total } = await db
    .selectFrom(counted.as('counted'))
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const shown = rows.slice(0, limit)
  const evidence = await evidenceOf(db, shown)
  const next = rows.length > limit ? shown.at(-1)?.seq : undefined
  return {
    acts: shown.map((row) => actOf(row, evidence.get(row.seq))),
    total: Math.min(Number(total), AUDIT_COUNTED),
    isMore: Number(total) > AUDIT_COUNTED,
    ...(next === undefined ? {} : { next }),
  }
}

type Filter = Pick<AuditQuery, 'kind' | 'actor' | 'from' | 'to'>

function fits(eb: ExpressionBuilder<ThreatTables, 'threat_audit'>, { kind, actor, from, to }: Filter) {
  return eb.and([
    ...(kind === undefined ? [] : [eb('kind', '=', kind)]),
    ...(actor === undefined || actor === '' ? [] : [eb('actor', '=', actor)]),
    ...(from === undefined ? [] : [eb('at', '>=', new Date(from))]),
    ...(to === undefined ? [] : [eb('at', '<', new Date(to))]),
  ])
}

/** Times are compared inside the database, which keeps them finer than a Date. */
const isOlderThan = (seq: string) =>
  sql<boolean>`(at, seq) < ((select at from threat_audit where seq = ${seq}), ${seq}::bigint)`

/** An act of a later version has no kind. */
function actOf(row: Selectable<ThreatTables['threat_audit']>, evidence: AuditEvidence | undefined): AuditAct {
  const { at, kind, ...act } = row
  const known = auditKind.options.find((each) => each === kind)
  return {
    ...{ ...act, at: at.toISOString() },
    ...(known === undefined ? {} : { kind: known }),
    ...(evidence === undefined ? {} : { evidence }),
  }
}
