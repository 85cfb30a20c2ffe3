import { type RuleQuery, ruleQuery, ruleState, threatLevel } from '@dengta/sdk'
import type { InputRef } from 'antd'
import type { RefObject } from 'react'
import { FilterBar, FilterSelect, FilterText } from '../../parts/filter-bar.tsx'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly shown: Partial<RuleQuery>
  readonly onChange: (change: { readonly [K in keyof RuleQuery]?: RuleQuery[K] | undefined }) => void
  readonly search: RefObject<InputRef | null>
}

const ORDERS = ruleQuery.shape.order.unwrap().options
const HITS = ruleQuery.shape.hit.unwrap().options

export function RuleFilter({ shown, onChange, search }: Props) {
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
        id="level"
        label={t('threat.mark')}
        any={any}
        width={100}
        value={shown.level}
        options={threatLevel.options.toReversed().map((value) => ({ value, label: t(`level.${value}`) }))}
        onChange={(level) => onChange({ level })}
      />
      <FilterText
        id="product"
        label={t('rules.product')}
        width={110}
        value={shown.product}
        onChange={(product) => onChange({ product })}
      />
      <FilterText
        id="technique"
        label={t('incidents.technique')}
        width={110}
        value={shown.technique}
        onChange={(technique) => onChange({ technique })}
      />
      <FilterSelect
        id="state"
        label={t('rules.state')}
        any={any}
        width={110}
        value={shown.state}
        options={ruleState.options.map((value) => ({ value, label: t(`ruleState.${value}`) }))}
        onChange={(state) => onChange({ state })}
      />
      <FilterSelect
        id="hit"
        label={t('rules.hit')}
        any={any}
        width={110}
        value={shown.hit}
        options={HITS.map((value) => ({ value, label: t(`rules.hit.${value}`) }))}
        onChange={(hit) => onChange({ hit })}
      />
      <FilterSelect
        id="order"
        label={t('threat.order')}
        width={170}
        value={shown.order ?? 'hits'}
        options={ORDERS.map((value) => ({ value, label: t(`rules.order.${value}`) }))}
        onChange={(order) => onChange({ order })}
      />
    </FilterBar>
  )
}
