import { type Caller, HOUSE, sha256Hex, utf8 } from '@dengta/kernel'
import type { CloseIncident, ReopenIncident } from '@dengta/sdk'
import { sql, type Transaction } from 'kysely'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { closeItsTickets, reopenItsTickets } from '../ticket/ticket-of-incident.ts'
import { incidentRowView, type StoredIncident } from './incident-row-view.ts'

type Parts = Pick<ThreatContext, 'store' | 'ledger' | 'clock'>

interface Closing {
  readonly caller: Caller
  readonly row: StoredIncident
  readonly said: CloseIncident
}

/** Its groups that nobody has judged take the verdict. Throws `threat.incident_closed`, `threat.incident_merged`. */
export async function closeIncident(
  { store, ledger, clock }: Parts,
  { caller, row, said: { verdict, reason } }: Closing,
): Promise<void> {
  checkWhole(row)
  const [at, by] = [clock.now(), caller.participant]
  const { groups, alerts, techniques, first, last } = incidentRowView(row)
  await store.transaction<ThreatTables, void>(async (tx) => {
    await claim(tx, row.id, verdict)
    const { id: record } = await ledger.append(tx, {
      kind: 'incident-closed',
      actor: HOUSE,
      subjects: [{ name: `incident:${row.id}`, digest: { sha256: sha256Hex(utf8(row.body)) } }],
      predicate: { basis: [], incident: row.id, verdict, by, groups, alerts, techniques, first, last },
    })
    await tx.updateTable('threat_incidents').set({ record }).where('id', '=', row.id).execute()
    await judgeOpenGroups(tx, { incident: row.id, verdict, reason, by, at })
    await closeItsTickets(tx, ledger, { incident: row.id, reason: `${verdict}: ${reason}`, by, at })
    await audit(tx, { at, actor: by, action: 'incident.close', target: row.id, detail: `${verdict}: ${reason}` })
  })
}

/** What is said of a part would be said of nothing: its groups stand in the whole. */
function checkWhole({ id, merged_into }: StoredIncident): void {
  if (merged_into !== null) throw threatErrors.incident_merged({ id, into: merged_into })
}

/** Of two who close it at the same time the second one waits here, and is told. */
async function claim(tx: Transaction<ThreatTables>, id: string, verdict: CloseIncident['verdict']): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('threat_incidents')
    .set({ state: 'closed', verdict })
    .where('id', '=', id)
    .where('record', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw threatErrors.incident_closed({ id })
}

interface Judgement extends CloseIncident {
  readonly incident: string
  readonly by: string
  readonly at: Date
}

/** One statement, however many groups there are. */
async function judgeOpenGroups(
  tx: Transaction<ThreatTables>,
  { incident, verdict, reason, by, at }: Judgement,
): Promise<void> {
  const kind = verdict === 'attack' ? 'confirm' : verdict
  await sql`
    with judged as (
      update threat_groups set verdict = ${verdict}, judged_by = ${by}, judged_at = ${at}
      where incident = ${incident} and verdict is null returning id, seq
    )
    insert into threat_dispositions (group_id, kind, verdict, reason, by, at, source)
    select id, ${kind}::text, ${verdict}::text, ${reason}::text, ${by}::text, ${at}::timestamptz, 'analyst'
    from judged order by seq`.execute(tx)
}

interface Reopening {
  readonly caller: Caller
  readonly row: StoredIncident
  readonly said: ReopenIncident
}

/** The record of its closing stays in the log and is named in the audit trail. Throws `threat.incident_open`, `.incident_merged`. */
export async function reopenIncident(
  { store, clock }: Parts,
  { caller, row, said: { reason } }: Reopening,
): Promise<void> {
  checkWhole(row)
  const { id: incident, record } = row
  if (record === null) throw threatErrors.incident_open({ id: incident })
  const [at, by] = [clock.now(), caller.participant]
  await store.transaction<ThreatTables, void>(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('threat_incidents')
      .set({ state: 'open', verdict: null, record: null })
      .where('id', '=', incident)
      .where('record', '=', record)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw threatErrors.incident_open({ id: incident })
    await reopenItsTickets(tx, { incident, reason, by, at })
    await audit(tx, { at, actor: by, action: 'incident.reopen', target: incident, detail: `${record}: ${reason}` })
  })
}
