import type { ExportFile } from '@dengta/evidence'
import { sql } from 'kysely'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import type { ReplayStore } from './replay-store.ts'

type Parts = Pick<ThreatContext, 'store' | 'ledger'> & { readonly replays: ReplayStore }

/** What is on record about a replay, and about what people did with its incidents since; throws `threat.missing`. */
export function replayExport({ store, ledger, replays }: Parts) {
  return async (id: string): Promise<ExportFile> => {
    const row = await replays.find(id)
    if (!row || row.view.records.length === 0) throw threatErrors.missing({ what: 'finished replay', id })
    const later = await sql<{ record: string }>`
      with found as (select id, ticket, record from threat_incidents where flow = ${id})
      select record from found where record is not null
      union select t.record from threat_tickets t join found f on f.ticket = t.id where t.record is not null
      union select x.record from threat_run_facts x join threat_runs r on r.id = x.run join found f on f.id = r.incident
    `.execute(store.db<ThreatTables>())
    const ids = [...new Set([...row.view.records, ...later.rows.map(({ record }) => record)])]
    return ledger.export(`replay ${id}`, ids)
  }
}
