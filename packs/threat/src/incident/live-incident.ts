import { type AlertGroup, type GroupCopy, groupCopies } from '../group/alert-group.ts'
import { copied } from '../group/in-steps.ts'
import { entitiesOf, entityKey, type Finding, type IncidentNews } from './incident.ts'
import type { IncidentRules } from './incident-rules.ts'
import { emptySum, IncidentSum, type IncidentSumState } from './incident-sum.ts'
import { Queue } from './queue.ts'

/** A group that may take more alerts: of its alerts those that the sum counts, and those that were told. */
export interface RecentGroup {
  readonly group: AlertGroup
  readonly counted: number
  readonly told: number
}

export interface LiveIncidentState {
  readonly sum: IncidentSumState
  readonly recent: readonly RecentGroup[]
  /** Last alert of the groups that are over. */
  readonly until: number
  /** By key of an entity: last alert of the groups that are over and name it. */
  readonly reach: readonly (readonly [string, number])[]
}

/** Recent groups looked at with each finding; where there are more they take turns. */
const LOOKS = 64

/**
 * What later findings need to know of an incident. A group within `together` of the newest finding answers for the whole
 * incident, whatever it names: only the time of its last alert counts. Later it answers through its entities alone.
 */
export class LiveIncident {
  readonly #rules: IncidentRules
  readonly #sum: IncidentSum
  readonly #recent: Queue<RecentGroup>
  #until: number
  #reach: Map<string, number>
  #added: number[] = []
  #grown: AlertGroup[] = []
  #absorbed: number[] = []

  constructor(rules: IncidentRules, { sum, recent, until, reach }: LiveIncidentState) {
    this.#rules = rules
    this.#sum = new IncidentSum(sum)
    this.#recent = new Queue(recent)
    this.#until = until
    this.#reach = new Map(reach)
  }

  get figures() {
    return this.#sum.figures
  }

  /** Whether a finding with these entities belongs to it; `now` is the newest first alert of all findings. */
  takes({ first }: AlertGroup, keys: readonly string[], now: number): boolean {
    if (this.#look(now)) return true
    const { together, shared } = this.#rules
    if (first - this.#until <= together) return true
    return keys.some((key) => first - (this.#reach.get(key) ?? Number.NEGATIVE_INFINITY) <= shared)
  }

  add(finding: Finding): void {
    this.#sum.add(finding)
    const { number, alerts } = finding.group
    this.#recent.put({ group: finding.group, counted: alerts, told: alerts })
    this.#added.push(number)
  }

  /** Takes in one that turned out to be this one. */
  absorb(other: LiveIncident): void {
    this.#sum.absorb(other.#sum)
    for (const recent of other.#recent) {
      this.#sum.reach(recent.group.last)
      this.#recent.put(recent)
    }
    this.#until = Math.max(this.#until, other.#until)
    const [few, many] = this.#reach.size < other.#reach.size ? [this.#reach, other.#reach] : [other.#reach, this.#reach]
    for (const [key, last] of few) raise(many, key, last)
    this.#reach = many
    this.#added.push(...other.#added)
    this.#grown.push(...other.#grown)
    this.#absorbed.push(other.figures.number, ...other.#absorbed)
  }

  /** A second signature or a certain finding opens a candidate. */
  openIfCertain(): void {
    const { state, score } = this.figures
    if (state === 'candidate' && (this.#sum.signatures > 1 || score >= this.#rules.certain)) this.#sum.become('open')
  }

  /** Whether nothing came for long, neither a finding nor an alert of a group that goes on. */
  isQuiet(now: number): boolean {
    const { quiet } = this.#rules
    if (now - this.figures.last <= quiet) return false
    for (const { group } of this.#recent) this.#sum.reach(group.last)
    this.#sum.reach(this.#until)
    return now - this.figures.last > quiet
  }

  /** It ends: all that its groups took since is counted. A candidate stays one. */
  end(): void {
    for (let recent = this.#recent.take(); recent; recent = this.#recent.take()) this.#retire(recent)
    if (this.figures.state === 'open') this.#sum.become('closed')
  }

  /** Forgets entities that no finding from `now` on can share in time. */
  forget(now: number): void {
    for (const [key, last] of this.#reach) if (now - last > this.#rules.shared) this.#reach.delete(key)
  }

  /** What was not told yet; undefined where there is nothing. */
  news(): IncidentNews | undefined {
    const [added, grown, absorbed] = [this.#added, this.#grown, this.#absorbed]
    if (added.length + grown.length + absorbed.length === 0) return undefined
    return this.tell()
  }

  /** What was not told yet, or that its state is another. */
  tell(): IncidentNews {
    const news = { incident: this.#sum.summary, added: this.#added, grown: this.#grown, absorbed: this.#absorbed }
    this.#added = []
    this.#grown = []
    this.#absorbed = []
    return news
  }

  /** A copy, in steps between which nothing may be added. Nothing waits to be told then. */
  *freeze(copyOf: GroupCopy): Generator<void, LiveIncidentState> {
    return {
      sum: yield* this.#sum.freeze(),
      recent: yield* copied(this.#recent, (recent) => ({ ...recent, group: copyOf(recent.group) })),
      until: this.#until,
      reach: yield* copied(this.#reach, (entry) => entry),
    }
  }

  /** Whether a group is recent. Those that are over are put into the index, each once; recent ones take turns. */
  #look(now: number): boolean {
    let isAny = false
    const all = this.#recent.length
    for (let looks = 0; looks < all && (looks < LOOKS || !isAny); looks += 1) {
      const recent = this.#recent.take() as RecentGroup
      if (now - recent.group.last > this.#rules.together) this.#retire(recent)
      else {
        isAny = true
        this.#recent.put(this.#count(recent))
      }
    }
    return isAny
  }

  #count({ group, counted, told }: RecentGroup): RecentGroup {
    if (group.alerts === counted) return { group, counted, told }
    this.#sum.count(group, group.alerts - counted)
    const isTold = group.alerts >= 2 * told
    if (isTold) this.#grown.push(groupCopies()(group))
    return { group, counted: group.alerts, told: isTold ? group.alerts : told }
  }

  #retire({ group, counted, told }: RecentGroup): void {
    if (group.alerts !== counted) this.#sum.count(group, group.alerts - counted)
    if (group.alerts !== told) this.#grown.push(groupCopies()(group))
    this.#until = Math.max(this.#until, group.last)
    for (const entity of entitiesOf(group)) raise(this.#reach, entityKey(entity), group.last)
  }
}

/** An incident of one finding, which is not told yet. */
export function startIncident(rules: IncidentRules, number: number, finding: Finding): LiveIncident {
  const sum = emptySum(number, finding.group)
  const incident = new LiveIncident(rules, { sum, recent: [], until: Number.NEGATIVE_INFINITY, reach: [] })
  incident.add(finding)
  return incident
}

function raise(reach: Map<string, number>, key: string, last: number): void {
  reach.set(key, Math.max(last, reach.get(key) ?? Number.NEGATIVE_INFINITY))
}
