import { type GroupCopy, sameGroup } from '../group/alert-group.ts'
import { atOnce } from '../group/in-steps.ts'
import { entitiesOf, entityKey, type Finding, type IncidentNews } from './incident.ts'
import { type IncidentOfBefore, liveOfBefore } from './incident-of-before.ts'
import { INCIDENTS, type IncidentRules } from './incident-rules.ts'
import { LiveIncident, type LiveIncidentState, startIncident } from './live-incident.ts'

export interface IncidentBookState {
  readonly next: number
  /** The newest first alert of all findings. */
  readonly now: number
  readonly live: readonly LiveIncidentState[]
}

/** A book as it was saved when its incidents held all their findings. */
export interface BookOfBefore {
  readonly next: number
  readonly live: readonly IncidentOfBefore[]
}

/**
 * Puts escalated groups of one network together into incidents, one at a time by event time. What it keeps does not grow with
 * the findings: the groups of the last `together`, and the entities of the last `shared`. A finding may come `together` late,
 * and a group may take alerts until it has been quiet for `together`: the answers are those of a book that keeps everything.
 */
export class IncidentBook {
  readonly #rules: IncidentRules
  #live: LiveIncident[]
  #next: number
  #now: number

  constructor(rules: IncidentRules = INCIDENTS, state?: IncidentBookState | BookOfBefore) {
    this.#rules = rules
    const live = (state?.live ?? []).map((each) => ('findings' in each ? liveOfBefore(each) : each))
    this.#live = live.map((each) => new LiveIncident(rules, each))
    this.#next = state?.next ?? 0
    this.#now = state && 'now' in state ? state.now : Number.NEGATIVE_INFINITY
  }

  /**
   * What is new: incidents that had been quiet for long are closed, groups of others went on, and last, always, the incident
   * that this finding belongs to. Incidents that it connects are merged into the oldest.
   */
  add(finding: Finding): [...IncidentNews[], IncidentNews] {
    const closed = this.close(finding.group.first)
    this.#move(finding.group.first)
    const keys = entitiesOf(finding.group).map(entityKey)
    const [oldest, ...others] = this.#live.filter((incident) => incident.takes(finding.group, keys, this.#now))
    oldest?.add(finding)
    const incident = oldest ?? this.#start(finding)
    for (const other of others) incident.absorb(other)
    this.#live = this.#live.filter((live) => !others.includes(live))
    incident.openIfCertain()
    const rest = this.#live.filter((live) => live !== incident).flatMap((live) => live.news() ?? [])
    return [...closed, ...rest, incident.tell()]
  }

  /** Closes what has been quiet for long, and tells of it; candidates that never opened are told as they are. */
  close(now: number): IncidentNews[] {
    const over = this.#live.filter((incident) => incident.isQuiet(now))
    if (over.length === 0) return []
    this.#live = this.#live.filter((incident) => !over.includes(incident))
    for (const incident of over) incident.end()
    return over.map((incident) => incident.tell())
  }

  /** When the next incident may have been quiet for long; undefined where none is live. */
  get nextClose(): number | undefined {
    if (this.#live.length === 0) return undefined
    return Math.min(...this.#live.map(({ figures }) => figures.last)) + this.#rules.quiet + 1
  }

  save(): IncidentBookState {
    return atOnce(this.freeze(sameGroup))
  }

  /** A copy, in steps between which nothing may be added or closed. */
  *freeze(copyOf: GroupCopy): Generator<void, IncidentBookState> {
    const live: LiveIncidentState[] = []
    for (const incident of this.#live) {
      live.push(yield* incident.freeze(copyOf))
      yield
    }
    return { next: this.#next, now: this.#now, live }
  }

  #start(finding: Finding): LiveIncident {
    const incident = startIncident(this.#rules, this.#next, finding)
    this.#next += 1
    this.#live.push(incident)
    return incident
  }

  /** Once every `together` what is out of reach is forgotten. */
  #move(first: number): void {
    const { together } = this.#rules
    const before = this.#now
    this.#now = Math.max(before, first)
    if (Math.floor(this.#now / together) === Math.floor(before / together)) return
    for (const incident of this.#live) incident.forget(this.#now - together)
  }
}
