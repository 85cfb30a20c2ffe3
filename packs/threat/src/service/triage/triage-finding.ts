import type { AlertGroup } from '../../group/alert-group.ts'
import type { IncidentNews } from '../../incident/incident.ts'
import type { Decision } from '../../triage/decision.ts'

/** What the triage stage concludes. Groups and incidents are named by their flow and number. */
export type TriageFinding =
  | {
      readonly kind: 'decision'
      readonly network: string
      readonly model: string
      readonly group: AlertGroup
      readonly decision: Decision
    }
  | ({ readonly kind: 'incident'; readonly network: string } & IncidentNews)

export const TRIAGE = 'triage'

export const groupId = (flow: string, number: number): string => `group_${flow}_${number}`
export const incidentId = (flow: string, number: number): string => `incident_${flow}_${number}`
export const ticketId = (incident: string): string => incident.replace(/^incident_/, 'ticket_')
