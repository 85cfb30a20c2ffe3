import { type IncidentQuery, type IncidentRow, incidentQuery } from '@dengta/sdk'
import { useNavigate } from '@tanstack/react-router'
import type { InputRef } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useFilters } from '../../house/use-filters.ts'
import { useKeys } from '../../house/use-keys.ts'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { usePagedRows } from '../../parts/use-paged-rows.ts'
import { WindowTable } from '../../parts/window-table.tsx'
import { useWords } from '../../words/use-words.ts'
import { IncidentFilter } from './incident-filter.tsx'
import { useIncidentColumns } from './use-incident-columns.tsx'

export function IncidentsPage() {
  const { t, count } = useWords()
  const { shown, show } = useFilters(incidentQuery)
  const rows = useIncidentRows(shown)
  const columns = useIncidentColumns()
  const search = useRef<InputRef>(null)
  const [active, setActive] = useState(0)
  const go = useNavigate()
  const open = ({ id }: IncidentRow) =>
    void go({ to: '/serve/threat/incidents/$incident', params: { incident: id } as never })
  const step = (by: number) => setActive((at) => Math.max(0, Math.min(rows.total - 1, at + by)))
  const openActive = () => {
    const row = rows.rowAt(active)
    if (row) open(row)
  }
  useKeys({ '/': () => search.current?.focus(), j: () => step(1), k: () => step(-1), o: openActive })
  const change = (filter: Parameters<typeof show>[0]) => {
    setActive(0)
    show(filter)
  }
  return (
    <ThreatFrame under="incidents" title={t('threat.nav.incidents')} lead={t('incidents.lead')}>
      <IncidentFilter shown={shown} onChange={change} search={search} />
      <Section title={t('incidents.count', { count: count(rows.total) })} extra={<small>{t('threat.listKeys')}</small>}>
        {rows.error && <ProblemNotice error={rows.error} retry={rows.retry} />}
        {!rows.error && !rows.isPending && rows.total === 0 ? (
          <Notice title={t('incidents.empty')}>{t('incidents.emptyText')}</Notice>
        ) : (
          <WindowTable
            label={t('threat.nav.incidents')}
            rows={rows}
            columns={columns}
            keyOf={({ id }) => id}
            active={active}
            onActive={setActive}
            onOpen={open}
          />
        )}
      </Section>
    </ThreatFrame>
  )
}

function useIncidentRows(shown: Partial<IncidentQuery>) {
  const { client } = useSession()
  const query = useMemo(() => ({ ...shown, offset: undefined, limit: undefined }), [shown])
  return usePagedRows<IncidentRow>({
    name: 'listIncidents',
    query,
    again: 10_000,
    fetchPage: async (place) => {
      const { incidents, total } = await client.listIncidents({ ...shown, ...place })
      return { rows: incidents, total }
    },
  })
}
