import { type AuditQuery, auditKind } from '@dengta/sdk'
import { Input } from 'antd'
import { FilterBar, FilterSelect, FilterText } from '../../parts/filter-bar.tsx'
import { useWords } from '../../words/use-words.ts'
import { dayOf, endOf, startOf } from './day-bounds.ts'

interface Props {
  readonly shown: Partial<AuditQuery>
  readonly onChange: (change: { readonly [K in keyof AuditQuery]?: AuditQuery[K] | undefined }) => void
}

/** Kind, person, first and last day; days are those of UTC, as the trail keeps them. */
export function AuditFilter({ shown, onChange }: Props) {
  const { t } = useWords()
  return (
    <FilterBar>
      <FilterSelect
        id="kind"
        label={t('audit.kind')}
        any={t('threat.any')}
        value={shown.kind}
        options={auditKind.options.map((value) => ({ value, label: t(`auditKind.${value}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterText
        id="actor"
        label={t('audit.actor')}
        width={180}
        value={shown.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <Day
        id="from"
        label={t('audit.from')}
        value={dayOf(shown.from)}
        onChange={(day) => onChange({ from: startOf(day) })}
      />
      <Day id="to" label={t('audit.to')} value={dayOf(shown.to, 1)} onChange={(day) => onChange({ to: endOf(day) })} />
    </FilterBar>
  )
}

interface DayProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}

const Day = ({ id, label, value, onChange }: DayProps) => (
  <label htmlFor={id}>
    {label}
    <Input id={id} type="date" style={{ width: 160 }} value={value} onChange={({ target }) => onChange(target.value)} />
  </label>
)
