import { AppError, type Caller, HOUSE } from '@dengta/kernel'
import type { TicketActionBody } from '@dengta/sdk'
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
    await noted(tickets, incident.ticket, { kind: 'respond' })
    await noted(tickets, incident.ticket, { kind: 'link', link: { kind: 'run', id: run.id } })
  }
  return records
}

/** A person who is at the ticket meanwhile, or has closed it, goes first. */
async function noted(tickets: TicketDesk, id: string, action: TicketActionBody): Promise<void> {
  try {
    await tickets.act(AS_HOUSE, id, action)
  } catch (error) {
    if (!(error instanceof AppError && error.kind === 'conflict')) throw error
  }
}
