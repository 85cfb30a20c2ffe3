import type { BenchmarkView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { OriginTag, Tag } from '../../parts/tag.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'

/** Every benchmark with what it asks for; the title leads to its board. */
export function BenchmarkTable({ benchmarks }: { readonly benchmarks: readonly BenchmarkView[] }) {
  const nameOf = useMetricName()
  const { t, say, measure, count } = useWords()
  if (benchmarks.length === 0) return <Notice title={t('prove.noBoards')}>{t('prove.noBoardsText')}</Notice>
  return (
    <ScrollTable
      label={t('prove.boards')}
      heads={[t('prove.board'), '', t('scenario.metric'), t('scenario.threshold'), t('submission.rowsHidden')]}
      numeric={[4]}
      rows={benchmarks.map(({ id, title, dataset, metric, direction, threshold, unit }) => ({
        key: id,
        cells: [
          <Link key="title" to="/benchmarks/$benchmark/board" params={{ benchmark: id }}>
            {say(title)}
          </Link>,
          dataset ? <OriginTag key="origin" origin={dataset.origin} /> : <Tag key="none">{t('prove.unsealed')}</Tag>,
          nameOf(metric),
          t(direction === 'higher' ? 'scenario.atLeast' : 'scenario.atMost', { value: measure(threshold, unit) }),
          dataset ? count(dataset.hiddenRows) : '–',
        ],
      }))}
    />
  )
}
