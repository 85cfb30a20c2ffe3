import { fill } from '@dengta/kernel'
import { type DetectionFinding, detectionFinding } from '../../publish/detection-finding.ts'
import { type IncidentFinding, incidentFinding } from '../../publish/incident-finding.ts'
import type { TicketState } from '../../ticket/ticket.ts'
import type { IncidentDesk } from '../incident/incident-desk.ts'
import type { AlertDesk } from './alert-desk.ts'

export interface FindingDesk {
  ofAlert(id: string): Promise<DetectionFinding>
  ofIncident(id: string): Promise<IncidentFinding>
}

interface Parts {
  readonly alerts: AlertDesk
  readonly incidents: IncidentDesk
}

const PRODUCT = { name: 'Dengta', vendor_name: 'Dengta', version: '0.1.0' }
const COUNTS = '{groups} {groups:group|groups}, {alerts} {alerts:alert|alerts}'
/** Alerts that stand in the finding of an incident. */
const MOST = 100

/**
 * Alerts and incidents as OCSF 1.5.0. Their times are those of the receipt, or of the last event, and not of the export: what
 * is exported twice is one finding.
 */
export function findingDesk({ alerts, incidents }: Parts): FindingDesk {
  return {
    ofAlert: async (id) => {
      const { alert, receivedMs } = await alerts.alert(id)
      return detectionFinding(alert, { uid: id, activity: 'create', time: receivedMs, product: PRODUCT })
    },
    ofIncident: async (id) => {
      const incident = await incidents.get(id)
      const first = await Promise.all(
        incident.timeline.slice(0, MOST).map(({ group }) => alerts.list({ group, limit: 1 })),
      )
      const found = await Promise.all(
        first.flatMap((page) =>
          page.alerts.map(async ({ id: uid }) => ({ uid, alert: (await alerts.alert(uid)).alert })),
        ),
      )
      const [ticket] = incident.tickets
      const state = (ticket?.state ?? (incident.state === 'closed' ? 'closed' : 'new')) as TicketState
      const published = {
        ...{
          title: incident.title.en,
          description: fill(COUNTS, { groups: incident.groups, alerts: incident.alerts }),
          severity: incident.severity,
          state,
        },
        ...(ticket?.assignee === undefined ? {} : { assignee: ticket.assignee }),
        ...{
          team: 'operations',
          firstSeen: Date.parse(incident.first),
          lastSeen: Date.parse(incident.last),
          alerts: found,
        },
      }
      const activity = incident.state === 'closed' ? 'close' : state === 'new' ? 'create' : 'update'
      return incidentFinding(published, { uid: id, activity, time: Date.parse(incident.last), product: PRODUCT })
    },
  }
}
