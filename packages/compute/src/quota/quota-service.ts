import type { Caller, Clock } from '@dengta/kernel'
import type { NewQuota, QuotaView } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { mayRead } from '../site-board/viewer.ts'
import type { ComputeTables } from '../tables.ts'
import { EMPTY_ACCOUNT, quotaViews } from './quota.ts'
import { quotaErrors as errors } from './quota-errors.ts'
import type { QuotaStore } from './quota-store.ts'

export interface QuotaService {
  /** Grants anew; throws `quota.no_participant`. */
  grant(wish: NewQuota): Promise<QuotaView>
  /** The caller's own, or all for operator and auditor. */
  list(caller: Caller): Promise<readonly QuotaView[]>
}

export interface QuotaServiceParts {
  readonly store: Store
  readonly quotas: QuotaStore
  readonly clock: Clock
  readonly isParticipant: (id: string) => Promise<boolean>
}

export function quotaService({ store, quotas, clock, isParticipant }: QuotaServiceParts): QuotaService {
  const views = async (): Promise<QuotaView[]> => {
    const [all, accounts] = await Promise.all([quotas.list(), quotas.accounts()])
    return quotaViews(all, (participant) => accounts.get(participant) ?? EMPTY_ACCOUNT)
  }
  return {
    grant: async ({ share = 1, ...wish }) => {
      const { participant } = wish
      if (!(await isParticipant(participant))) throw errors.no_participant({ participant })
      const quota = { ...wish, share, grantedAt: clock.now() }
      await store.transaction<ComputeTables, void>((tx) => quotas.grant(tx, quota))
      return (await views()).find((each) => each.participant === participant)!
    },
    list: async (caller) => (await views()).filter(({ participant }) => mayRead(caller)(participant)),
  }
}
