import type { RecordSummary } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Notice } from './notice.tsx'
import { RecordLink } from './record-link.tsx'
import { ScrollTable } from './scroll-table.tsx'
import { Tag } from './tag.tsx'

/** Records, one a row, in the order of the log. */
export function RecordTable({ records }: { readonly records: readonly RecordSummary[] }) {
  const { t, time, count } = useWords()
  if (records.length === 0) return <Notice title={t('records.empty')}>{t('records.emptyText')}</Notice>
  return (
    <ScrollTable
      label={t('records.title')}
      heads={[
        t('records.index'),
        t('records.kind'),
        t('records.about'),
        t('records.actor'),
        t('records.at'),
        t('records.id'),
      ]}
      numeric={[0]}
      rows={records.map(({ id, index, kind, subjects, actor, at }) => ({
        key: id,
        cells: [
          count(index),
          <Tag key="kind">{t(`kindOf.${kind}`)}</Tag>,
          subjects.map(({ name }) => name).join(', '),
          actor,
          time(at),
          <RecordLink key="id" id={id} />,
        ],
      }))}
    />
  )
}
