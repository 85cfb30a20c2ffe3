import type { Caller } from '@dengta/kernel'
import type { CloseIncident, IncidentDetail, IncidentPage, IncidentQuery, ReopenIncident } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { notKept } from '../retention/gone.ts'
import { readTechniques, type TechniqueTable } from '../rule/attack-matrix.ts'
import type { RunDesk } from '../run/run-desk.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { closeIncident, reopenIncident } from './close-incident.ts'
import { incidentDetail } from './incident-detail.ts'
import { listIncidents } from './incident-list.ts'
import type { StoredIncident } from './incident-row-view.ts'

export interface IncidentDesk {
  list(query: IncidentQuery): Promise<IncidentPage>
  /** Throws `threat.missing`. */
  get(id: string): Promise<IncidentDetail>
  /** Closes its ticket too, and those of incidents that it absorbed. Throws `threat.missing`, `.incident_closed`, `.incident_merged`. */
  close(caller: Caller, id: string, close: CloseIncident): Promise<IncidentDetail>
  /** Opens again the tickets that were closed with it; verdicts on its groups stay. Throws `threat.missing`, `threat.incident_open`. */
  reopen(caller: Caller, id: string, said: ReopenIncident): Promise<IncidentDetail>
  counts(): Promise<{ open: number; candidate: number; closed: number }>
}

export function incidentDesk(parts: ThreatContext & { readonly runs: RunDesk }): IncidentDesk {
  const { store } = parts
  let table: Promise<TechniqueTable | undefined> | undefined
  const techniques = () => (table ??= readTechniques(parts.settings.dataFolder))
  const get = async (id: string) => incidentDetail(parts, await found(store, id), (await techniques()) ?? new Map())
  return {
    list: (query) => listIncidents(store, query),
    get,
    close: async (caller, id, said) => {
      await closeIncident(parts, { caller, row: await found(store, id), said })
      return get(id)
    },
    reopen: async (caller, id, said) => {
      await reopenIncident(parts, { caller, row: await found(store, id), said })
      return get(id)
    },
    counts: () => countsOf(store),
  }
}

async function found(store: Store, id: string): Promise<StoredIncident> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_incidents')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw await notKept(store, 'incident', id)
  return row
}

async function countsOf(store: Store): ReturnType<IncidentDesk['counts']> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_incidents')
    .select((eb) => ['state', eb.fn.countAll<string>().as('count')])
    .where('merged_into', 'is', null)
    .groupBy('state')
    .execute()
  const count = (state: string) => Number(rows.find((each) => each.state === state)?.count ?? 0)
  return { open: count('open'), candidate: count('candidate'), closed: count('closed') }
}
