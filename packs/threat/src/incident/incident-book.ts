import type { GroupCopy } from '../group/alert-group.ts'
import { copied } from '../group/in-steps.ts'
import { entitiesOf, entityKey, type Finding, type Incident } from './incident.ts'

export interface IncidentRules {
  /** Findings of one network this close in time belong together, ms. */
  readonly together: number
  /** Findings that share a host, account, address or process belong together within this time, ms. */
  readonly shared: number
  /** An incident without a finding for this long is closed, ms; at least `shared`. */
  readonly quiet: number
  /** One finding of at least this score opens an incident; a weaker one needs a second signature beside it. */
  readonly certain: number
}

export const INCIDENTS: IncidentRules = { together: 3_600_000, shared: 43_200_000, quiet: 43_200_000, certain: 0 }

export interface IncidentBookState {
  readonly next: number
  readonly live: readonly Incident[]
}

/** Puts escalated groups of one network together into incidents, one at a time by event time. */
export class IncidentBook {
  readonly #rules: IncidentRules
  #live: Incident[]
  #next: number

  constructor(rules: IncidentRules = INCIDENTS, state?: IncidentBookState) {
    this.#rules = rules
    this.#live = [...(state?.live ?? [])]
    this.#next = state?.next ?? 0
  }

  /** The incident this finding belongs to. Incidents that it connects are merged into the oldest. */
  add(finding: Finding): Incident {
    this.close(finding.group.first)
    const [oldest, ...others] = this.#live.filter((incident) => this.#belongs(incident, finding))
    const incident = oldest ?? this.#start(finding)
    if (oldest) extend(oldest, finding)
    for (const other of others) absorb(incident, other)
    this.#live = this.#live.filter((live) => !others.includes(live))
    if (incident.state === 'candidate' && this.#opens(incident)) incident.state = 'open'
    return incident
  }

  /** Closes what has been quiet for long, and returns it; candidates that never opened are returned as they are. */
  close(now: number): Incident[] {
    const over = this.#live.filter(({ last }) => now - last > this.#rules.quiet)
    this.#live = this.#live.filter((incident) => !over.includes(incident))
    for (const incident of over) if (incident.state === 'open') incident.state = 'closed'
    return over
  }

  /** When the next incident will have been quiet for long; undefined where none is live. */
  get nextClose(): number | undefined {
    if (this.#live.length === 0) return undefined
    return Math.min(...this.#live.map(({ last }) => last)) + this.#rules.quiet + 1
  }

  live(): readonly Incident[] {
    return this.#live
  }

  save(): IncidentBookState {
    return { next: this.#next, live: this.#live }
  }

  /** A copy, in steps between which nothing may be added or closed. */
  *freeze(copyOf: GroupCopy): Generator<void, IncidentBookState> {
    const live: Incident[] = []
    for (const incident of this.#live) {
      const findings = yield* copied(incident.findings, ({ group, score }) => ({ group: copyOf(group), score }))
      live.push({ ...incident, findings, merged: [...incident.merged] })
      yield
    }
    return { next: this.#next, live }
  }

  #start({ group, score }: Finding): Incident {
    const { first, last } = group
    const incident: Incident = {
      number: this.#next,
      state: 'candidate',
      first,
      last,
      findings: [{ group, score }],
      merged: [],
    }
    this.#next += 1
    this.#live.push(incident)
    return incident
  }

  #belongs({ findings }: Incident, { group }: Finding): boolean {
    const keys = new Set(entitiesOf(group).map(entityKey))
    return findings.some(({ group: other }) => {
      const apart = Math.max(0, group.first - other.last)
      if (apart <= this.#rules.together) return true
      return apart <= this.#rules.shared && entitiesOf(other).some((entity) => keys.has(entityKey(entity)))
    })
  }

  #opens({ findings }: Incident): boolean {
    const signatures = new Set(findings.map(({ group }) => group.signature))
    return signatures.size > 1 || findings.some(({ score }) => score >= this.#rules.certain)
  }
}

function extend(incident: Incident, finding: Finding): void {
  incident.findings.push(finding)
  incident.first = Math.min(incident.first, finding.group.first)
  incident.last = Math.max(incident.last, finding.group.last)
}

function absorb(incident: Incident, other: Incident): void {
  for (const finding of other.findings) extend(incident, finding)
  incident.merged.push(other.number, ...other.merged)
  incident.findings.sort((one, another) => one.group.first - another.group.first)
  if (other.state === 'open') incident.state = 'open'
}
