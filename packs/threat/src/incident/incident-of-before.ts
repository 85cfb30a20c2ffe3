import { atOnce } from '../group/in-steps.ts'
import type { Finding, Incident, IncidentState } from './incident.ts'
import { sumOf } from './incident-sum.ts'
import type { LiveIncidentState } from './live-incident.ts'

/** An incident as it was kept when it held all its findings: so it stands in older rows and states. */
export interface IncidentOfBefore {
  readonly number: number
  readonly state: IncidentState
  readonly first: number
  readonly last: number
  readonly findings: readonly Finding[]
  readonly merged: readonly number[]
}

export const isOfBefore = (incident: Incident | IncidentOfBefore): incident is IncidentOfBefore =>
  'findings' in incident

/** What would be kept of it now. Throws where it has no finding, which none had. */
export function summaryOfBefore(incident: IncidentOfBefore): Incident {
  return { ...summed(incident).summary, ...stated(incident) }
}

/** All its groups count as recent and untold: the next finding sorts them out, and their figures are told once. */
export function liveOfBefore(incident: IncidentOfBefore): LiveIncidentState {
  const sum = atOnce(summed(incident).freeze())
  return {
    sum: { ...sum, figures: { ...sum.figures, ...stated(incident) } },
    recent: incident.findings.map(({ group }) => ({ group, counted: group.alerts, told: 0 })),
    until: Number.NEGATIVE_INFINITY,
    reach: [],
  }
}

const stated = ({ state, first, last, merged }: IncidentOfBefore) => ({ state, first, last, merged: merged.length })

function summed({ number, findings }: IncidentOfBefore) {
  const [first, ...others] = findings
  if (first === undefined) throw new TypeError(`incident ${number} has no finding`)
  return sumOf(number, [first, ...others])
}
