import type { IncidentDetail } from '@dengta/sdk'
import { Button } from 'antd'
import { useMemo } from 'react'
import { LevelTag } from '../../parts/level-tag.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { GroupLink } from '../../parts/threat-links.tsx'
import { VerdictTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './timeline.module.css'
import { type TimelineEntry, timelineLanes } from './timeline-lanes.ts'

interface Props {
  readonly entries: IncidentDetail['timeline']
  /** The group whose alerts are shown below. */
  readonly chosen: string | undefined
  readonly choose: (group: string) => void
}

/** Groups of alerts over time, a lane for each host. */
export function Timeline({ entries, chosen, choose }: Props) {
  const { t, count } = useWords()
  const { moment } = useTimes()
  const { lanes, ticks, hidden } = useMemo(() => timelineLanes(entries), [entries])
  return (
    <>
      <div className={styles.lanes}>
        {lanes.map(({ host, bars }) => (
          <div key={host} className={styles.lane}>
            <span className={styles.host} title={host}>
              {host}
            </span>
            <div className={styles.track}>
              {bars.map(({ entry, left, width }) => (
                <Bar key={entry.group} {...{ entry, left, width, choose }} chosen={entry.group === chosen} />
              ))}
            </div>
          </div>
        ))}
        <div className={styles.ticks} aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick}>{moment(new Date(tick).toISOString())}</span>
          ))}
        </div>
        {hidden > 0 && <p className={styles.hidden}>{t('incident.moreHosts', { count: count(hidden) })}</p>}
      </div>
      <TimelineTable entries={entries} chosen={chosen} choose={choose} />
    </>
  )
}

interface BarProps {
  readonly entry: TimelineEntry
  readonly left: number
  readonly width: number
  readonly chosen: boolean
  readonly choose: (group: string) => void
}

function Bar({ entry, left, width, chosen, choose }: BarProps) {
  const { t, count } = useWords()
  const { moment } = useTimes()
  const { signature, host, first, alerts } = entry
  const said = t('incident.barAlt', { signature, host, first: moment(first), alerts: count(alerts) })
  return (
    <button
      type="button"
      className={styles.bar}
      data-level={entry.level}
      aria-pressed={chosen}
      aria-label={said}
      title={said}
      style={{ left: `${left}%`, width: `max(9px, ${width}%)` }}
      onClick={() => choose(entry.group)}
    />
  )
}

function TimelineTable({ entries, chosen, choose }: Props) {
  const { t, count, cost } = useWords()
  const { moment, span } = useTimes()
  return (
    <div className={styles.table}>
      <ScrollTable
        label={t('incident.timeline')}
        heads={[
          ...[t('incidents.first'), t('threat.mark'), t('incident.signature'), t('alert.host')],
          ...[t('incidents.alerts'), t('incidents.score'), t('incidents.verdict'), ''],
        ]}
        numeric={[4, 5]}
        rows={entries.map(({ group, first, last, level, signature, host, alerts, score, verdict }) => ({
          key: group,
          cells: [
            <span key="first" className={styles.when}>
              {moment(first)}
              <small>{span(Date.parse(last) - Date.parse(first))}</small>
            </span>,
            <LevelTag key="level" level={level} />,
            <GroupLink key="signature" id={group}>
              {signature}
            </GroupLink>,
            host,
            count(alerts),
            cost(score).replace('-', '−'),
            verdict && <VerdictTag key="verdict" verdict={verdict} />,
            <Button key="show" size="small" aria-pressed={group === chosen} onClick={() => choose(group)}>
              {t('incident.showAlerts')}
            </Button>,
          ],
        }))}
      />
    </div>
  )
}
