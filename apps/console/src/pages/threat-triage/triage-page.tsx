import { queueQuery } from '@dengta/sdk'
import { useSearch } from '@tanstack/react-router'
import { useFilters } from '../../house/use-filters.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useWords } from '../../words/use-words.ts'
import { TriageBench } from './triage-bench.tsx'
import { TriageFilter } from './triage-filter.tsx'
import { useJudging } from './use-judging.ts'
import { useQueue } from './use-queue.ts'

export function TriagePage() {
  const { t } = useWords()
  const { shown, show } = useFilters(queueQuery)
  const { group } = useSearch({ strict: false }) as { readonly group?: unknown }
  const queue = useQueue(shown)
  const judging = useJudging()
  return (
    <ThreatFrame under="triage" title={t('threat.nav.triage')}>
      <TriageFilter shown={shown} onChange={show} />
      <Loaded query={queue.answer} lines={10}>
        {(page) => (
          <TriageBench
            key={JSON.stringify(shown)}
            page={page}
            judging={judging}
            waiting={queue.waiting}
            refetch={queue.answer.refetch}
            group={group === undefined ? undefined : String(group)}
          />
        )}
      </Loaded>
    </ThreatFrame>
  )
}
