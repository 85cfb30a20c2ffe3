import type { RiskView } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './risk.module.css'

type Day = RiskView['days'][number]

/** How each day was decided, drawn and counted; the newest on top. */
export function DayTable({ days }: { readonly days: readonly Day[] }) {
  const { t, count } = useWords()
  const times = useTimes()
  if (days.length === 0) return <Notice title={t('risk.noDays')} />
  return (
    <ScrollTable
      label={t('risk.days')}
      heads={[
        ...[t('risk.day'), t('risk.dayShare'), t('incidents.groups'), t('risk.dayAuto')],
        ...[t('risk.dayEscalated'), t('risk.dayHanded'), t('risk.dayFalse')],
      ]}
      numeric={[2, 3, 4, 5, 6]}
      rows={days.toReversed().map((day) => ({
        key: day.day,
        cells: [
          times.day(day.day),
          <Shares key="shares" day={day} />,
          ...[day.groups, day.automatic, day.escalated, day.handedOver, day.falseAlarms].map(count),
        ],
      }))}
    />
  )
}

function Shares({ day }: { readonly day: Day }) {
  const { t, count } = useWords()
  const times = useTimes()
  const said = { day: times.day(day.day), automatic: count(day.automatic), groups: count(day.groups) }
  return (
    <span className={styles.share} role="img" aria-label={t('risk.dayAlt', said)}>
      {(
        [
          ['automatic', day.automatic],
          ['escalated', day.escalated],
          ['handedOver', day.handedOver],
        ] as const
      ).map(([part, groups]) => (
        <i key={part} style={{ width: `${(100 * groups) / Math.max(1, day.groups)}%` }} />
      ))}
    </span>
  )
}
