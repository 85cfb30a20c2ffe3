import type { EngineView } from '@dengta/sdk'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

/** Power now against the limit, site by site. */
export function EngineSites({ sites }: Pick<EngineView, 'sites'>) {
  const { t, power, count } = useWords()
  if (sites.length === 0) return null
  return (
    <ScrollTable
      label={t('engines.sites')}
      heads={[
        t('engines.site'),
        t('engines.power'),
        t('engines.limit'),
        t('engines.running'),
        t('engines.waiting'),
        t('engines.events'),
      ]}
      numeric={[1, 2, 3, 4]}
      rows={sites.map(({ site, kw, limitKw, running, waiting, events }) => ({
        key: site,
        cells: [
          site,
          <span key="power">
            {kw > limitKw + 1e-6 && <Tag tone="bad">{t('engines.above')}</Tag>} {power(kw)}
          </span>,
          power(limitKw),
          count(running),
          count(waiting),
          events.join(', ') || '–',
        ],
      }))}
    />
  )
}
