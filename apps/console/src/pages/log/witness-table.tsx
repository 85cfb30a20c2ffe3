import type { LogView } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

/** How far each witness has cosigned, and whether one refuses: then somebody changed the past. */
export function WitnessTable({ log }: { readonly log: LogView }) {
  const { t, count, time } = useWords()
  if (log.witnesses.length === 0) return <Notice title={t('log.none')} />
  return (
    <ScrollTable
      label={t('log.witnesses')}
      heads={[t('log.witness'), t('log.witnessSize'), t('board.state')]}
      numeric={[1]}
      rows={log.witnesses.map(({ name, cosignedSize, refusal }) => ({
        key: name,
        cells: [
          name,
          count(cosignedSize),
          refusal ? (
            <div key="refusal">
              <Tag tone="bad">{t('log.refuses')}</Tag> {refusal.answer}{' '}
              {t('log.refusedAt', { size: count(refusal.size), at: time(refusal.at) })}
            </div>
          ) : (
            <Tag key="fine" tone="good">
              {t('log.follows')}
            </Tag>
          ),
        ],
      }))}
    />
  )
}
