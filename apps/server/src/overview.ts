import type { RecordKind } from '@dengta/evidence'
import type { Clock } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Sandbox } from '@dengta/sandbox'
import type { Health, Programme } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { VERSION } from './version.ts'

export interface HouseParts {
  readonly store: Store
  readonly sandbox: Sandbox
  readonly clock: Clock
}

/** Counts what is on record. A scenario may be stated again, so its views are counted, not its statements. */
export async function overviewCounts(ledger: Ledger, scenarios: number): Promise<Programme['counts']> {
  const counts = await ledger.counts()
  const count = (kind: RecordKind): number => counts.get(kind) ?? 0
  return {
    scenarios,
    benchmarks: count('benchmark'),
    submissions: count('submission'),
    evaluations: count('evaluation'),
    participants: count('participant'),
    records: [...counts.values()].reduce((sum, each) => sum + each, 0),
  }
}

export function healthOf({ store, sandbox, clock }: HouseParts, openedAt: Date): () => Promise<Health> {
  const { name, parts, missing } = sandbox.level
  return async () => ({
    status: 'up',
    version: VERSION,
    store: store.kind,
    sandbox: { name, parts: [...parts], missing: [...missing] },
    uptimeSeconds: Math.round((clock.now().getTime() - openedAt.getTime()) / 1000),
    jobsWaiting: await store.jobs.unfinished(),
  })
}
