import { type IncidentQuery, incidentQuery, incidentState, threatLevel, threatVerdict } from '@dengta/sdk'
import type { InputRef } from 'antd'
import type { RefObject } from 'react'
import { FilterBar, FilterSelect, FilterText } from '../../parts/filter-bar.tsx'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly shown: Partial<IncidentQuery>
  readonly onChange: (change: { readonly [K in keyof IncidentQuery]?: IncidentQuery[K] | undefined }) => void
  readonly search: RefObject<InputRef | null>
}

const ORDERS = incidentQuery.shape.order.unwrap().options

export function IncidentFilter({ shown, onChange, search }: Props) {
  const { t } = useWords()
  const any = t('threat.any')
  return (
    <FilterBar>
      <FilterText
        id="text"
        label={t('threat.search')}
        value={shown.text}
        input={search}
        onChange={(text) => onChange({ text })}
      />
      <FilterSelect
        id="state"
        label={t('incidents.state')}
        any={any}
        value={shown.state}
        options={incidentState.options.map((value) => ({ value, label: t(`incidentState.${value}`) }))}
        onChange={(state) => onChange({ state })}
      />
      <FilterSelect
        id="severity"
        label={t('incidents.severity')}
        any={any}
        value={shown.severity}
        options={threatLevel.options.toReversed().map((value) => ({ value, label: t(`level.${value}`) }))}
        onChange={(severity) => onChange({ severity })}
      />
      <FilterSelect
        id="verdict"
        label={t('incidents.verdict')}
        any={any}
        value={shown.verdict}
        options={threatVerdict.options.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        onChange={(verdict) => onChange({ verdict })}
      />
      <FilterText
        id="network"
        label={t('threat.network')}
        width={120}
        value={shown.network}
        onChange={(network) => onChange({ network })}
      />
      <FilterText
        id="technique"
        label={t('incidents.technique')}
        width={120}
        value={shown.technique}
        onChange={(technique) => onChange({ technique })}
      />
      <FilterSelect
        id="order"
        label={t('threat.order')}
        width={180}
        value={shown.order ?? 'newest'}
        options={ORDERS.map((value) => ({ value, label: t(`incidents.order.${value}`) }))}
        onChange={(order) => onChange({ order })}
      />
    </FilterBar>
  )
}
