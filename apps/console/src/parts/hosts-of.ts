import type { IncidentRow } from '@dengta/sdk'

/** Names of hosts, and how many more there are: `web-1, web-2 +40`; `≥` where not all were counted. */
export function hostsOf({ hosts, hostCount, atLeast }: Pick<IncidentRow, 'hosts' | 'hostCount' | 'atLeast'>): string {
  const more = hostCount - hosts.length
  return more > 0 ? `${hosts.join(', ')} +${atLeast ? '≥' : ''}${more}` : hosts.join(', ')
}
