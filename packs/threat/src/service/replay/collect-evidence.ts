import { type Caller, HOUSE } from '@dengta/kernel'
import type { IncidentDesk } from '../incident/incident-desk.ts'
import type { RunDesk } from '../run/run-desk.ts'
import type { TicketDesk } from '../ticket/ticket-desk.ts'

export interface Responders {
  readonly incidents: IncidentDesk
  readonly runs: RunDesk
  readonly tickets: TicketDesk
}

const AS_HOUSE: Caller = { participant: HOUSE, name: 'Dengta', roles: ['operator'] }

/** For each incident the one response that asks for nobody's consent: evidence from its first host. Answers the records made. */
export async function collectEvidence(
  { incidents, runs, tickets }: Responders,
  ids: readonly string[],
): Promise<readonly string[]> {
  const records: string[] = []
  for (const id of ids) {
    const incident = await incidents.get(id)
    const free = (await runs.playbooks()).find(
      ({ approval, inputs }) => approval === 'none' && inputs.some(({ name }) => name === '__host__'),
    )
    const [host] = incident.hosts
    if (free === undefined || host === undefined || incident.runs.length > 0) continue
    const ticket = incident.ticket === undefined ? {} : { ticket: incident.ticket }
    const run = await runs.start(AS_HOUSE, {
      playbook: free.id,
      inputs: { __host__: host },
      reason: id,
      incident: id,
      ...ticket,
    })
    records.push(...run.records)
    if (incident.ticket === undefined) continue
    await tickets.act(AS_HOUSE, incident.ticket, { kind: 'respond' })
    await tickets.act(AS_HOUSE, incident.ticket, { kind: 'link', link: { kind: 'run', id: run.id } })
  }
  return records
}
