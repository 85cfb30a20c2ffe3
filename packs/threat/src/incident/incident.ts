import type { AlertGroup } from '../group/alert-group.ts'
import type { NamesSeen } from './names.ts'

/** A host, account, address or process, e.g. `host web-1`. Processes are told apart by host. */
export interface Entity {
  readonly kind: 'host' | 'account' | 'address' | 'process'
  readonly name: string
}

/** An escalated group with its score, log-odds of an attack. */
export interface Finding {
  readonly group: AlertGroup
  readonly score: number
}

/** A candidate is one weak finding: a person sees the finding, but no incident is opened for it alone. */
export type IncidentState = 'candidate' | 'open' | 'closed'

/** What is kept of an incident, however many groups it holds. Names are the first so many. */
export interface Incident {
  readonly number: number
  readonly state: IncidentState
  /** Event times of its first and last alert, ms; what a group took after it joined counts once the incident would else be over. */
  readonly first: number
  readonly last: number
  /** Incidents that turned out to be this one. */
  readonly merged: number
  readonly groups: number
  readonly alerts: number
  /** Highest score of its groups. */
  readonly score: number
  /** The highest severity that a detector stated; empty where none did. */
  readonly level: string
  /** Of its first group. */
  readonly signature: string
  readonly host: string
  readonly signatures: NamesSeen
  readonly hosts: NamesSeen
  readonly techniques: NamesSeen
}

/** What is new of an incident since it was told of last. */
export interface IncidentNews {
  readonly incident: Incident
  /** Numbers of the groups that joined. */
  readonly added: readonly number[]
  /** Groups of it that took more alerts since they were told: each when they have doubled and when it is over. */
  readonly grown: readonly AlertGroup[]
  /** Numbers of the incidents that turned out to be this one; their groups are its own now. */
  readonly absorbed: readonly number[]
}

export function entitiesOf({ host, accounts, addresses, processes }: AlertGroup): Entity[] {
  return [
    { kind: 'host', name: host },
    ...accounts.map((name): Entity => ({ kind: 'account', name })),
    ...addresses.map((name): Entity => ({ kind: 'address', name })),
    ...processes.map((name): Entity => ({ kind: 'process', name: `${host}: ${name}` })),
  ]
}

export function entityKey({ kind, name }: Entity): string {
  return `${kind} ${name}`
}
