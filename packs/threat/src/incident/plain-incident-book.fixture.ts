import { entitiesOf, entityKey, type Finding, type IncidentState } from './incident.ts'
import { INCIDENTS, type IncidentRules } from './incident-rules.ts'

/** An incident that holds all its findings, as incidents once were. */
export interface PlainIncident {
  readonly number: number
  state: IncidentState
  first: number
  last: number
  readonly findings: Finding[]
  readonly merged: number[]
}

/** The plain twin of `IncidentBook`: it walks every finding of every incident each time. */
export class PlainIncidentBook {
  readonly #rules: IncidentRules
  #live: PlainIncident[] = []
  #next = 0

  constructor(rules: IncidentRules = INCIDENTS) {
    this.#rules = rules
  }

  /** The incident this finding belongs to. Incidents that it connects are merged into the oldest. */
  add(finding: Finding): PlainIncident {
    this.close(finding.group.first)
    const [oldest, ...others] = this.#live.filter((incident) => this.#belongs(incident, finding))
    const incident = oldest ?? this.#start(finding)
    if (oldest) extend(oldest, finding)
    for (const other of others) absorb(incident, other)
    this.#live = this.#live.filter((live) => !others.includes(live))
    if (incident.state === 'candidate' && this.#opens(incident)) incident.state = 'open'
    return incident
  }

  close(now: number): PlainIncident[] {
    const over = this.#live.filter((incident) => this.#isQuiet(incident, now))
    this.#live = this.#live.filter((incident) => !over.includes(incident))
    for (const incident of over) if (incident.state === 'open') incident.state = 'closed'
    return over
  }

  #isQuiet(incident: PlainIncident, now: number): boolean {
    const lasts = incident.findings.map(({ group }) => group.last)
    if (now - incident.last > this.#rules.quiet) incident.last = Math.max(incident.last, ...lasts)
    return now - incident.last > this.#rules.quiet
  }

  #start({ group, score }: Finding): PlainIncident {
    const { first, last } = group
    const incident: PlainIncident = {
      ...{ number: this.#next, state: 'candidate', first, last },
      ...{ findings: [{ group, score }], merged: [] },
    }
    this.#next += 1
    this.#live.push(incident)
    return incident
  }

  #belongs({ findings }: PlainIncident, { group }: Finding): boolean {
    const keys = new Set(entitiesOf(group).map(entityKey))
    return findings.some(({ group: other }) => {
      const apart = Math.max(0, group.first - other.last)
      if (apart <= this.#rules.together) return true
      return apart <= this.#rules.shared && entitiesOf(other).some((entity) => keys.has(entityKey(entity)))
    })
  }

  #opens({ findings }: PlainIncident): boolean {
    const signatures = new Set(findings.map(({ group }) => group.signature))
    return signatures.size > 1 || findings.some(({ score }) => score >= this.#rules.certain)
  }
}

function extend(incident: PlainIncident, finding: Finding): void {
  incident.findings.push(finding)
  incident.first = Math.min(incident.first, finding.group.first)
  incident.last = Math.max(incident.last, finding.group.last)
}

function absorb(incident: PlainIncident, other: PlainIncident): void {
  for (const finding of other.findings) extend(incident, finding)
  incident.merged.push(other.number, ...other.merged)
  incident.findings.sort((one, another) => one.group.first - another.group.first)
  if (other.state === 'open') incident.state = 'open'
}
