import type { RecordKind } from '@dengta/evidence'
import type { Clock } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import { type ScenarioService, scenarioView } from '@dengta/portfolio'
import type { Sandbox } from '@dengta/sandbox'
import type { Health, Programme, ScenarioView } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { VERSION } from './version.ts'

export interface HouseParts {
  readonly store: Store
  readonly sandbox: Sandbox
  readonly clock: Clock
}

/** Counts what is on record; a scenario or benchmark stated twice counts once. */
export async function overviewCounts(ledger: Ledger): Promise<Programme['counts']> {
  const kinds: RecordKind[] = ['scenario', 'benchmark', 'submission', 'evaluation', 'participant']
  const distinct = new Map(kinds.map((kind) => [kind, new Set<string>()]))
  for (const { kind, statement } of await ledger.records({ kinds })) {
    const [subject] = statement.subject
    distinct.get(kind)?.add(subject?.name ?? '')
  }
  const count = (kind: RecordKind): number => distinct.get(kind)?.size ?? 0
  return {
    scenarios: count('scenario'),
    benchmarks: count('benchmark'),
    submissions: count('submission'),
    evaluations: count('evaluation'),
    participants: count('participant'),
    records: (await ledger.head()).size,
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

/** Every scenario with its gates, recomputed from the records of this moment. */
export async function scenarioViews(scenarios: ScenarioService, ledger: Ledger): Promise<readonly ScenarioView[]> {
  const views = (await scenarios.list()).map(async ({ id }) => scenarioView(await ledger.records({ scenario: id }), id))
  return (await Promise.all(views)).filter((view) => view !== undefined)
}
