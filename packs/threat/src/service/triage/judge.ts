import type { Caller } from '@dengta/kernel'
import type { NewDisposition } from '@dengta/sdk'
import type { Transaction } from 'kysely'
import { sumOf } from '../../incident/incident-sum.ts'
import { audit } from '../audit.ts'
import { putIncidents } from '../incident/incident-rows.ts'
import { storable } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { readEndpoints, tellOpened } from '../webhook/tell-opened.ts'
import { type GroupRow, groupRow } from './group-row.ts'
import type { GroupBody } from './group-rows.ts'

const DAY = 86_400_000
const USUAL_DAYS = 7
const MOST_DAYS = 90
/** Incidents that a person's word opens are numbered beyond those of the stage. */
const BY_HAND = 1_000_000_000

export interface Judging {
  readonly caller: Caller
  readonly id: string
  readonly said: NewDisposition
}

/** What a person found, once; an attack without an incident opens one. */
export async function judge(parts: ThreatContext, { caller, id, said }: Judging): Promise<void> {
  const row = await groupRow(parts, id)
  const at = parts.clock.now()
  const by = caller.participant
  const { kind, reason = '', file } = said
  const verdict = kind === 'confirm' ? 'attack' : kind === 'unclear' ? 'unclear' : 'benign'
  const until = kind === 'suppress' ? untilOf(said.until, at) : null
  await parts.store.transaction<ThreatTables, void>(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('threat_groups')
      .set({ verdict, judged_by: by, judged_at: at })
      .where('id', '=', id)
      .where('verdict', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw threatErrors.already_judged({ id, by: row.judged_by ?? '' })
    const words = { reason: storable(reason, 2000), file: file === undefined ? null : storable(file) }
    await tx
      .insertInto('threat_dispositions')
      .values({ group_id: id, kind, verdict, ...words, until_at: until, by, at, source: 'analyst' })
      .execute()
    if (kind === 'suppress') await suppressLike(tx, row, by)
    if (kind === 'confirm' && row.incident === null) await openIncident(tx, row, at)
    await audit(tx, { at, actor: by, action: `group.${kind}`, target: id, detail: reason })
  })
}

/** Takes the newest disposition back; groups that it kept out of the queue come back with it. */
export async function undo(parts: ThreatContext, { caller, id }: Omit<Judging, 'said'>): Promise<void> {
  const row = await groupRow(parts, id)
  if (row.verdict === null) throw threatErrors.nothing_to_undo({ id })
  const at = parts.clock.now()
  const by = caller.participant
  await parts.store.transaction<ThreatTables, void>(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('threat_groups')
      .set({ verdict: null, judged_by: null, judged_at: null })
      .where('id', '=', id)
      .where('verdict', 'is not', null)
      .executeTakeFirst()
    const standing = numUpdatedRows === 0n ? undefined : await takeBack(tx, id, { by, at })
    if (!standing) throw threatErrors.nothing_to_undo({ id })
    if (standing.kind === 'suppress' && !(await isOrdered(tx, row, at)))
      await like(tx, row).set({ suppressed: null }).where('suppressed', '=', standing.by).execute()
    await audit(tx, { at, actor: by, action: 'group.undo', target: id, detail: standing.kind })
  })
}

/** The disposition of the group that stood until now. */
function takeBack(
  tx: Transaction<ThreatTables>,
  group: string,
  { by, at }: { readonly by: string; readonly at: Date },
) {
  return tx
    .updateTable('threat_dispositions')
    .set({ undone_by: by, undone_at: at })
    .where('group_id', '=', group)
    .where('undone_at', 'is', null)
    .returning(['kind', 'by'])
    .executeTakeFirst()
}

function untilOf(until: string | undefined, now: Date): Date {
  const wanted = until === undefined ? new Date(now.getTime() + USUAL_DAYS * DAY) : new Date(until)
  const fits = wanted > now && wanted.getTime() <= now.getTime() + MOST_DAYS * DAY
  if (!fits) throw threatErrors.bad_until({ until: wanted.toISOString() })
  return wanted
}

const like = (tx: Transaction<ThreatTables>, { network, signature, host }: GroupRow) =>
  tx
    .updateTable('threat_groups')
    .where('network', '=', network)
    .where('signature', '=', signature)
    .where('host', '=', host)

/** Whether another order for groups like this one stands. */
async function isOrdered(tx: Transaction<ThreatTables>, row: GroupRow, now: Date): Promise<boolean> {
  const { network, signature, host } = row
  const order = await tx
    .selectFrom('threat_dispositions as d')
    .innerJoin('threat_groups as g', 'g.id', 'd.group_id')
    .select('d.seq')
    .where('d.kind', '=', 'suppress')
    .where('d.undone_at', 'is', null)
    .where('d.until_at', '>', now)
    .where('g.network', '=', network)
    .where('g.signature', '=', signature)
    .where('g.host', '=', host)
    .limit(1)
    .executeTakeFirst()
  return order !== undefined
}

async function suppressLike(tx: Transaction<ThreatTables>, row: GroupRow, by: string): Promise<void> {
  await like(tx, row).set({ suppressed: by }).where('verdict', 'is', null).where('suppressed', 'is', null).execute()
}

async function openIncident(tx: Transaction<ThreatTables>, row: GroupRow, now: Date): Promise<void> {
  const { group } = JSON.parse(row.body) as GroupBody
  const { summary } = sumOf(BY_HAND + Number(row.number), [{ group, score: row.score }])
  const news = { incident: { ...summary, state: 'open' as const }, added: [group.number], grown: [], absorbed: [] }
  const opened = await putIncidents(tx, { flow: row.flow, now }, [{ kind: 'incident', network: row.network, ...news }])
  await tellOpened(tx, opened, { at: now, endpoints: await readEndpoints(tx) })
}
