import { type AuditAct, type AuditQuery, auditQuery } from '@dengta/sdk'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useSession } from '../../house/session.tsx'
import { useFilters } from '../../house/use-filters.ts'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useWords } from '../../words/use-words.ts'
import { ActTable } from './act-table.tsx'
import { AuditFilter } from './audit-filter.tsx'

/** Who did what in threat response, when, and what is on record of it. */
export function AuditPage() {
  const { t, count } = useWords()
  const { shown, show } = useFilters(auditQuery)
  const trail = useTrail(shown)
  const acts = trail.data?.pages.flatMap((page) => page.acts) ?? []
  const { total = 0, isMore = false } = trail.data?.pages[0] ?? {}
  return (
    <ThreatFrame under="audit" title={t('audit.title')} lead={t('audit.lead')}>
      <AuditFilter shown={shown} onChange={show} />
      <Section title={t(isMore ? 'audit.countMore' : 'audit.count', { count: count(acts.length), of: count(total) })}>
        {trail.isError && <ProblemNotice error={trail.error} retry={() => void trail.refetch()} />}
        {trail.isPending && <p role="status">{t('audit.reading')}</p>}
        {trail.isSuccess && <Acts acts={acts} />}
        {trail.hasNextPage && (
          <p>
            <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
              {t('audit.more')}
            </Button>
          </p>
        )}
      </Section>
    </ThreatFrame>
  )
}

function Acts({ acts }: { readonly acts: readonly AuditAct[] }) {
  const { t } = useWords()
  if (acts.length === 0) return <Notice title={t('audit.empty')}>{t('audit.emptyText')}</Notice>
  return <ActTable acts={acts} />
}

/** Pages of the trail, the newest first; kept apart for each filter. */
function useTrail(shown: Partial<AuditQuery>) {
  const { client } = useSession()
  const query = useMemo(() => ({ ...shown, before: undefined, limit: undefined }), [shown])
  return useInfiniteQuery({
    queryKey: ['listThreatAudit', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: before }) =>
      client.listThreatAudit({ ...shown, limit: 100, ...(before === undefined ? {} : { before }) }),
    getNextPageParam: ({ next }) => next,
  })
}
