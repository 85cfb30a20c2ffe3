import type { GroupDetail } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { GroupLink } from '../../parts/threat-links.tsx'
import { VerdictTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

/** Judged groups of the same signature, the nearest first. */
export function PastCases({ similar }: Pick<GroupDetail, 'similar'>) {
  const { t, cost } = useWords()
  const { moment } = useTimes()
  if (similar.length === 0) return <Notice title={t('group.noSimilar')} />
  return (
    <ScrollTable
      label={t('group.similar')}
      heads={[t('incidents.verdict'), t('alert.time'), t('alert.host'), t('threat.network'), t('group.distance')]}
      numeric={[4]}
      rows={similar.map(({ group, verdict, first, host, network, distance }, i) => ({
        key: group ?? `${network} ${host} ${first} ${i}`,
        cells: [
          <VerdictTag key="verdict" verdict={verdict} />,
          group ? (
            <GroupLink key="group" id={group}>
              {moment(first)}
            </GroupLink>
          ) : (
            moment(first)
          ),
          host,
          network,
          cost(distance),
        ],
      }))}
    />
  )
}

/** Every verdict that the group ever had; one that was taken back stays. */
export function PastVerdicts({ history }: Pick<GroupDetail, 'history'>) {
  const { t } = useWords()
  const { moment } = useTimes()
  return (
    <ScrollTable
      label={t('group.past')}
      heads={[t('incidents.verdict'), t('group.by'), t('alert.time'), t('incident.reason')]}
      rows={history.map(({ kind, by, at, reason, source, undoneBy }) => ({
        key: `${at} ${kind}`,
        cells: [
          <span key="kind">
            {t(`disposition.${kind}`)} {undoneBy && <Tag>{t('group.undone', { by: undoneBy })}</Tag>}
          </span>,
          source === 'analyst' ? by : `${by} (${t(`labels.${source}`)})`,
          moment(at),
          reason,
        ],
      }))}
    />
  )
}
