import { type QueueQuery, queueQuery, threatLevel } from '@dengta/sdk'
import { FilterBar, FilterSelect, FilterText } from '../../parts/filter-bar.tsx'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly shown: Partial<QueueQuery>
  readonly onChange: (change: { readonly [K in keyof QueueQuery]?: QueueQuery[K] | undefined }) => void
}

const ACTIONS = queueQuery.shape.action.unwrap().options
const ORDERS = queueQuery.shape.order.unwrap().options

export function TriageFilter({ shown, onChange }: Props) {
  const { t } = useWords()
  const any = t('threat.any')
  return (
    <FilterBar>
      <FilterSelect
        id="action"
        label={t('triage.action')}
        any={any}
        value={shown.action}
        options={ACTIONS.map((value) => ({ value, label: t(`action.${value}`) }))}
        onChange={(action) => onChange({ action })}
      />
      <FilterSelect
        id="level"
        label={t('threat.mark')}
        any={any}
        value={shown.level}
        options={threatLevel.options.toReversed().map((value) => ({ value, label: t(`level.${value}`) }))}
        onChange={(level) => onChange({ level })}
      />
      <FilterText
        id="network"
        label={t('threat.network')}
        width={150}
        value={shown.network}
        onChange={(network) => onChange({ network })}
      />
      <FilterSelect
        id="order"
        label={t('threat.order')}
        width={210}
        value={shown.order ?? 'score'}
        options={ORDERS.map((value) => ({ value, label: t(`triage.order.${value}`) }))}
        onChange={(order) => onChange({ order })}
      />
    </FilterBar>
  )
}
