import type { QuotaView } from '@dengta/sdk'

/** Public compute granted to a participant. */
export interface Quota {
  readonly participant: string
  readonly share: number
  readonly chipHours: number
  readonly kwh: number
  /** Sites that the data agreement allows; all where absent. */
  readonly sites?: readonly string[] | undefined
  readonly grantedAt: Date
}

/** Chip-hours and kWh. */
export interface Amount {
  readonly chipHours: number
  readonly kwh: number
}

/** What the jobs of a participant hold while they are open, and have used since the grant. */
export interface Account {
  readonly held: Amount
  readonly used: Amount
}

export const EMPTY_ACCOUNT: Account = { held: { chipHours: 0, kwh: 0 }, used: { chipHours: 0, kwh: 0 } }

/** What may still be asked for, never below 0. */
export function leftOf(quota: Amount, { held, used }: Account): Amount {
  const left = (unit: keyof Amount): number => Math.max(0, quota[unit] - held[unit] - used[unit])
  return { chipHours: left('chipHours'), kwh: left('kwh') }
}

/** Every quota with its account; shares are of all quotas together. */
export function quotaViews(quotas: readonly Quota[], accountOf: (participant: string) => Account): QuotaView[] {
  const shares = quotas.reduce((sum, { share }) => sum + share, 0)
  const total = quotas.reduce((sum, { participant }) => sum + accountOf(participant).used.chipHours, 0)
  return quotas.map((quota) => {
    const { participant, share, sites, grantedAt } = quota
    const account = accountOf(participant)
    const left = leftOf(quota, account)
    const of = (unit: keyof Amount) => ({
      ...{ granted: quota[unit], held: account.held[unit], used: account.used[unit], left: left[unit] },
    })
    return {
      ...{ participant, share, shareDue: share / shares, chipHours: of('chipHours'), kwh: of('kwh') },
      shareUsed: total === 0 ? 0 : account.used.chipHours / total,
      ...(sites && { sites: [...sites] }),
      grantedAt: grantedAt.toISOString(),
    }
  })
}
