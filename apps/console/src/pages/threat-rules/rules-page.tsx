import { type RuleQuery, type RuleRow, ruleQuery } from '@dengta/sdk'
import { useNavigate } from '@tanstack/react-router'
import type { InputRef } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { useFilters } from '../../house/use-filters.ts'
import { useKeys } from '../../house/use-keys.ts'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { RuleTabs } from '../../parts/rule-tabs.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { usePagedRows } from '../../parts/use-paged-rows.ts'
import { WindowTable } from '../../parts/window-table.tsx'
import { useWords } from '../../words/use-words.ts'
import { RuleFilter } from './rule-filter.tsx'
import { useRuleColumns } from './use-rule-columns.tsx'

export function RulesPage() {
  const { t, count } = useWords()
  const { shown, show } = useFilters(ruleQuery)
  const rows = useRuleRows(shown)
  const columns = useRuleColumns()
  const search = useRef<InputRef>(null)
  const [active, setActive] = useState(0)
  const go = useNavigate()
  const open = ({ id }: RuleRow) => void go({ to: '/serve/threat/rules/$rule', params: { rule: id } as never })
  const step = (by: number) => setActive((at) => Math.max(0, Math.min(rows.total - 1, at + by)))
  const openActive = () => {
    const row = rows.rowAt(active)
    if (row) open(row)
  }
  useKeys({ '/': () => search.current?.focus(), j: () => step(1), k: () => step(-1), o: openActive })
  return (
    <ThreatFrame under="rules" title={t('threat.nav.rules')} lead={t('rules.lead')}>
      <RuleTabs />
      <RuleFilter
        shown={shown}
        search={search}
        onChange={(change) => {
          setActive(0)
          show(change)
        }}
      />
      <Section title={t('rules.count', { count: count(rows.total) })} extra={<small>{t('threat.listKeys')}</small>}>
        {rows.error && <ProblemNotice error={rows.error} retry={rows.retry} />}
        {!rows.error && !rows.isPending && rows.total === 0 ? (
          <Notice title={t('rules.empty')}>{t('rules.emptyText')}</Notice>
        ) : (
          <WindowTable
            label={t('rules.list')}
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

function useRuleRows(shown: Partial<RuleQuery>) {
  const { client } = useSession()
  const query = useMemo(() => ({ ...shown, offset: undefined, limit: undefined }), [shown])
  return usePagedRows<RuleRow>({
    name: 'listRules',
    query,
    fetchPage: async (place) => {
      const { rules, total } = await client.listRules({ ...shown, ...place })
      return { rows: rules, total }
    },
  })
}
