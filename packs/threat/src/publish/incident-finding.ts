import type { Alert } from '../detect/alert.ts'
import type { Severity, TicketState } from '../ticket/ticket.ts'
import { credit, type FindingParts, ruleFinding } from './detection-finding.ts'
import { attacksOf, eventHead, type FindingInfo, INCIDENT_FINDING, OCSF_VERSION, type OcsfEvent } from './ocsf.ts'

/** An incident as it is told to others; built by whoever keeps incidents and tickets. */
export interface PublishedIncident {
  readonly title: string
  readonly description: string
  readonly severity: Severity
  readonly state: TicketState
  readonly assignee?: string
  /** Team that answers for it where nobody is named. */
  readonly team: string
  /** Milliseconds since 1970, of its first and last event. */
  readonly firstSeen: number
  readonly lastSeen: number
  readonly link?: string
  /** One for each rule that fired, with the id of its finding. */
  readonly alerts: readonly { readonly uid: string; readonly alert: Alert }[]
}

export interface IncidentFinding extends OcsfEvent {
  readonly status_id: number
  readonly status: string
  readonly desc: string
  readonly start_time: number
  readonly end_time: number
  readonly priority_id: number
  readonly priority: string
  readonly assignee?: { readonly name: string }
  readonly assignee_group: { readonly name: string }
  readonly src_url?: string
  readonly finding_info_list: readonly FindingInfo[]
  readonly attacks?: ReturnType<typeof attacksOf>
}

/** `status_id` by state of the ticket. */
const STATUS: Readonly<Record<TicketState, readonly [number, string]>> = {
  new: [1, 'New'],
  reopened: [2, 'In Progress'],
  acknowledged: [2, 'In Progress'],
  'in-progress': [2, 'In Progress'],
  waiting: [3, 'On Hold'],
  resolved: [4, 'Resolved'],
  closed: [5, 'Closed'],
}
const PRIORITY: Readonly<Record<Severity, readonly [number, string]>> = {
  informational: [1, 'Low'],
  low: [1, 'Low'],
  medium: [2, 'Medium'],
  high: [3, 'High'],
  critical: [4, 'Critical'],
}

/** An incident as OCSF incident_finding (class 2005), with one finding for each alert and the credit of each rule once. */
export function incidentFinding(incident: PublishedIncident, parts: FindingParts): IncidentFinding {
  const { uid, activity, time, product } = parts
  const [status_id, status] = STATUS[incident.state]
  const [priority_id, priority] = PRIORITY[incident.severity]
  const attacks = attacksOf([...new Set(incident.alerts.flatMap(({ alert }) => alert.rule.tags))])
  return {
    ...eventHead({
      classUid: INCIDENT_FINDING,
      className: 'Incident Finding',
      activity,
      level: incident.severity,
      time,
    }),
    ...{ message: incident.title, desc: incident.description, status_id, status, priority_id, priority },
    metadata: { version: OCSF_VERSION, product, uid: `${uid}:${activity}:${time}`, profiles: ['incident'] },
    ...{ start_time: incident.firstSeen, end_time: incident.lastSeen },
    ...(incident.assignee === undefined ? {} : { assignee: { name: incident.assignee } }),
    assignee_group: { name: incident.team },
    ...(incident.link === undefined ? {} : { src_url: incident.link }),
    finding_info_list: incident.alerts.map((each) => ruleFinding(each.alert, each.uid, time)),
    ...(attacks.length === 0 ? {} : { attacks }),
    unmapped: { incident: { uid }, rules: credits(incident) },
  }
}

function credits({ alerts }: PublishedIncident) {
  return [...new Map(alerts.map(({ alert }) => [alert.rule.id, credit(alert.rule)])).values()]
}
