import type { EngineView } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useWords } from '../../words/use-words.ts'

/** Jobs that the engine refused, newest first, each with its reason. */
export function RefusedJobs({ refused }: Pick<EngineView, 'refused'>) {
  const { t, say, time } = useWords()
  if (refused.length === 0) return <Notice title={t('engines.noneRefused')} />
  return (
    <ScrollTable
      label={t('engines.refused')}
      heads={[t('engines.refused'), t('engines.when'), t('engines.why')]}
      rows={refused.map(({ job, name, at, reason }, row) => ({
        key: `${job} ${at} ${String(row)}`,
        cells: [name || t('engines.hidden'), time(at), say(reason)],
      }))}
    />
  )
}
