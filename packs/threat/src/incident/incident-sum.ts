import type { AlertGroup } from '../group/alert-group.ts'
import type { Finding, Incident, IncidentState } from './incident.ts'
import { Names, type NamesState } from './names.ts'
import { SEVERITIES } from './severities.ts'

/** Names that a summary shows. */
const SHOWN_NAMES = 64
const SHOWN_TECHNIQUES = 200

/** Everything of a summary but the names. */
export type IncidentFigures = Omit<Incident, 'signatures' | 'hosts' | 'techniques'>

export interface IncidentSumState {
  readonly figures: IncidentFigures
  readonly signatures: NamesState
  readonly hosts: NamesState
  readonly techniques: NamesState
}

/** A summary that findings are added to. */
export class IncidentSum {
  readonly #figures: { -readonly [Name in keyof IncidentFigures]: IncidentFigures[Name] }
  readonly #signatures: Names
  readonly #hosts: Names
  readonly #techniques: Names

  constructor({ figures, signatures, hosts, techniques }: IncidentSumState) {
    this.#figures = { ...figures }
    this.#signatures = new Names(signatures)
    this.#hosts = new Names(hosts)
    this.#techniques = new Names(techniques)
  }

  get figures(): IncidentFigures {
    return this.#figures
  }

  /** Distinct signatures. */
  get signatures(): number {
    return this.#signatures.size
  }

  get summary(): Incident {
    return {
      ...this.#figures,
      signatures: this.#signatures.seen(SHOWN_NAMES),
      hosts: this.#hosts.seen(SHOWN_NAMES),
      techniques: this.#techniques.seen(SHOWN_TECHNIQUES),
    }
  }

  add({ group, score }: Finding): void {
    const { first, last, groups, alerts, score: highest, level } = this.#figures
    this.#set({
      ...{ first: Math.min(first, group.first), last: Math.max(last, group.last) },
      ...{ groups: groups + 1, alerts: alerts + group.alerts },
      ...{ score: Math.max(highest, score), level: higherLevel(level, group.level) },
    })
    this.#signatures.add(group.signature)
    this.#hosts.add(group.host)
    for (const technique of group.techniques) this.#techniques.add(technique)
  }

  /** Takes in one that turned out to be this one. The title goes by the earlier of the two. */
  absorb(other: IncidentSum): void {
    const [one, two] = [this.#figures, other.#figures]
    const { signature, host } = two.first < one.first ? two : one
    this.#set({
      ...{ first: Math.min(one.first, two.first), last: Math.max(one.last, two.last), signature, host },
      ...{ groups: one.groups + two.groups, alerts: one.alerts + two.alerts, merged: one.merged + 1 + two.merged },
      ...{ score: Math.max(one.score, two.score), level: higherLevel(one.level, two.level) },
      ...(two.state === 'open' && { state: two.state }),
    })
    this.#signatures.join(other.#signatures)
    this.#hosts.join(other.#hosts)
    this.#techniques.join(other.#techniques)
  }

  /** A group that is in it already took so many more alerts. */
  count({ techniques }: AlertGroup, more: number): void {
    this.#set({ alerts: this.#figures.alerts + more })
    for (const technique of techniques) this.#techniques.add(technique)
  }

  reach(last: number): void {
    this.#set({ last: Math.max(this.#figures.last, last) })
  }

  become(state: IncidentState): void {
    this.#set({ state })
  }

  /** A copy, in steps between which nothing may be added. */
  *freeze(): Generator<void, IncidentSumState> {
    return {
      figures: { ...this.#figures },
      signatures: yield* this.#signatures.freeze(),
      hosts: yield* this.#hosts.freeze(),
      techniques: yield* this.#techniques.freeze(),
    }
  }

  #set(figures: Partial<IncidentFigures>): void {
    Object.assign(this.#figures, figures)
  }
}

/** Of an incident that its first finding is still to be added to. */
export function emptySum(number: number, { first, last, signature, host }: AlertGroup): IncidentSumState {
  const none: NamesState = { known: [], isFull: false }
  const counts = { merged: 0, groups: 0, alerts: 0, score: Number.NEGATIVE_INFINITY, level: '' }
  const figures: IncidentFigures = { number, state: 'candidate', first, last, ...counts, signature, host }
  return { figures, signatures: none, hosts: none, techniques: none }
}

/** Of findings that are all known. */
export function sumOf(number: number, [first, ...others]: readonly [Finding, ...Finding[]]): IncidentSum {
  const sum = new IncidentSum(emptySum(number, first.group))
  for (const finding of [first, ...others]) sum.add(finding)
  return sum
}

const rankOf = (level: string): number => (SEVERITIES as readonly string[]).indexOf(level)

function higherLevel(one: string, two: string): string {
  const rank = Math.max(rankOf(one), rankOf(two))
  return SEVERITIES[rank] ?? ''
}
