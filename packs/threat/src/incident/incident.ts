import type { AlertGroup } from '../group/alert-group.ts'

/** A host, account, address or process, e.g. `host web-1`. Processes are told apart by host. */
export interface Entity {
  readonly kind: 'host' | 'account' | 'address' | 'process'
  readonly name: string
}

/** An escalated group as an incident holds it. */
export interface Finding {
  readonly group: AlertGroup
  readonly score: number
}

export type IncidentState = 'candidate' | 'open' | 'closed'

export interface Incident {
  readonly number: number
  /** A candidate is one weak finding: a person sees the finding, but no incident is opened for it alone. */
  state: IncidentState
  first: number
  last: number
  readonly findings: Finding[]
  /** Numbers of the incidents that turned out to be this one. */
  readonly merged: number[]
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
