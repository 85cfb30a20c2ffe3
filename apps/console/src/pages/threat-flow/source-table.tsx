import { SOURCE_FAULTS, SOURCE_KINDS, type ThreatSource, wordFor } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

/** Where events come in, and what went wrong there. */
export function SourceTable({ sources }: { readonly sources: readonly ThreatSource[] }) {
  const { t, say, count } = useWords()
  if (sources.length === 0) return <Notice title={t('flow.noSources')} />
  return (
    <ScrollTable
      label={t('flow.sources')}
      heads={[t('flow.kind'), t('flow.at'), t('flow.open'), t('flow.faults')]}
      numeric={[2]}
      rows={sources.map(({ kind, at, open, faults, state, reason }) => ({
        key: `${kind} ${at}`,
        cells: [
          say(wordFor(SOURCE_KINDS, kind)),
          <code key="at">{at}</code>,
          count(open),
          reason ? (
            <Tag key="reason" tone="bad">
              {t('flow.sourceFailed', { reason: say(reason) })}
            </Tag>
          ) : state === 'opening' ? (
            t('flow.sourceOpening')
          ) : Object.keys(faults).length === 0 ? (
            t('flow.noFaults')
          ) : (
            Object.entries(faults).map(([name, times]) => (
              <Tag key={name} tone="bad">
                {say(wordFor(SOURCE_FAULTS, name))} × {count(times)}
              </Tag>
            ))
          ),
        ],
      }))}
    />
  )
}
