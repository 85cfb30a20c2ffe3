import type { BenchmarkView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { OriginTag } from '../../parts/tag.tsx'
import { Verdict } from '../../parts/verdict.tsx'
import { useWords } from '../../words/use-words.ts'

/** Every sealed data set: where it came from, how much of it is open, and whether it passed its checks. */
export function DatasetTable({ benchmarks }: { readonly benchmarks: readonly BenchmarkView[] }) {
  const { t, say, count } = useWords()
  const rows = benchmarks.flatMap(({ id, title, dataset }) =>
    dataset === undefined
      ? []
      : [
          {
            key: id,
            cells: [
              <Link key="title" to="/benchmarks/$benchmark" params={{ benchmark: id }}>
                {say(title)}
              </Link>,
              <OriginTag key="origin" origin={dataset.origin} />,
              t('open.hiddenShare', { open: count(dataset.openRows), hidden: count(dataset.hiddenRows) }),
              <Verdict key="quality" {...dataset.quality} />,
              <Verdict key="leak" {...dataset.leak} />,
              dataset.licence,
            ],
          },
        ],
  )
  if (rows.length === 0) return <Notice title={t('open.noDatasets')}>{t('open.noDatasetsText')}</Notice>
  return (
    <ScrollTable
      label={t('open.datasets')}
      heads={[t('benchmark.dataset'), '', t('open.rows'), t('open.quality'), t('open.leak'), t('benchmark.licence')]}
      rows={rows}
    />
  )
}
