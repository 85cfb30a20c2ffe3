import type { AuditKind, AuditPage, AuditQuery } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { ExpressionBuilder } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import { evidenceOf } from './audit-evidence.ts'
import { kindOf, prefixesOf } from './audit-kind.ts'

/** A page of the trail with the records behind each act. A `before` that is no place of the trail is left out. */
export async function readAudit(store: Store, { limit = 100, before, ...filter }: AuditQuery): Promise<AuditPage> {
  const db = store.db<ThreatTables>()
  const fitting = db.selectFrom('threat_audit').where((eb) => fits(eb, filter))
  const { total } = await fitting.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const isPlace = before !== undefined && /^\d{1,18}$/.test(before)
  const page = isPlace ? fitting.where('seq', '<', before) : fitting
  const rows = await page
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const evidence = await evidenceOf(db, shown)
  const acts = shown.map(({ at, ...act }) => {
    const [kind, found] = [kindOf(act.action), evidence.get(act.seq)]
    return {
      ...{ ...act, at: at.toISOString() },
      ...(kind === undefined ? {} : { kind }),
      ...(found === undefined ? {} : { evidence: found }),
    }
  })
  const next = rows.length > limit ? shown.at(-1)?.seq : undefined
  return { acts, total: Number(total), ...(next === undefined ? {} : { next }) }
}

type Filter = Pick<AuditQuery, 'kind' | 'actor' | 'from' | 'to'>

function fits(eb: ExpressionBuilder<ThreatTables, 'threat_audit'>, { kind, actor, from, to }: Filter) {
  return eb.and([
    ...(kind === undefined ? [] : [eb.or(actionsOf(kind).map((pattern) => eb('action', 'like', pattern)))]),
    ...(actor === undefined || actor === '' ? [] : [eb('actor', '=', actor)]),
    ...(from === undefined ? [] : [eb('at', '>=', new Date(from))]),
    ...(to === undefined ? [] : [eb('at', '<', new Date(to))]),
  ])
}

const actionsOf = (kind: AuditKind): string[] => prefixesOf(kind).map((prefix) => `${prefix}.%`)
