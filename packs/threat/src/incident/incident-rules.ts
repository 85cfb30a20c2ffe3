export interface IncidentRules {
  /** Findings of one network this close in time belong together, ms. */
  readonly together: number
  /** Findings that share a host, account, address or process belong together within this time, ms. */
  readonly shared: number
  /** An incident without an alert for this long is closed, ms; at least `shared`. */
  readonly quiet: number
  /** One finding of at least this score opens an incident; a weaker one needs a second signature beside it. */
  readonly certain: number
}

export const INCIDENTS: IncidentRules = { together: 3_600_000, shared: 43_200_000, quiet: 43_200_000, certain: 0 }
