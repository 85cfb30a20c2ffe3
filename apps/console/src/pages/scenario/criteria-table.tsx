import type { ScenarioView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'

type Criterion = ScenarioView['requirement']['criteria'][number]

export function CriteriaTable({ criteria }: { readonly criteria: readonly Criterion[] }) {
  const nameOf = useMetricName()
  const { t, count, measure } = useWords()
  const bound = ({ direction, unit }: Criterion, value: number) =>
    t(direction === 'higher' ? 'scenario.atLeast' : 'scenario.atMost', { value: measure(value, unit) })
  return (
    <ScrollTable
      label={t('scenario.criteria')}
      heads={[
        t('scenario.criterion'),
        t('benchmark.kicker'),
        t('scenario.metric'),
        t('scenario.threshold'),
        t('scenario.floor'),
        t('scenario.rowsNeeded'),
      ]}
      numeric={[5]}
      rows={criteria.map((criterion) => ({
        key: criterion.id,
        cells: [
          criterion.id,
          <Link key="board" to="/benchmarks/$benchmark" params={{ benchmark: criterion.benchmark }}>
            {criterion.benchmark}
          </Link>,
          nameOf(criterion.metric),
          bound(criterion, criterion.threshold),
          bound(criterion, criterion.worstGroupFloor),
          count(criterion.minimumRows),
        ],
      }))}
    />
  )
}
