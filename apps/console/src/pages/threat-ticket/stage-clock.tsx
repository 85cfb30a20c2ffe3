import type { TicketView } from '@dengta/sdk'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './stage-clock.module.css'

const STAGES = ['event', 'detected', 'acknowledged', 'responded', 'resolved', 'closed'] as const

/** The clock of a ticket, stage by stage: when, and how long after the event. */
export function StageClock({ clock }: Pick<TicketView, 'clock'>) {
  const { t } = useWords()
  const { moment, span } = useTimes()
  const start = Date.parse(clock.event)
  return (
    <ol className={styles.clock}>
      {STAGES.map((stage) => {
        const at = clock[stage]
        return (
          <li key={stage} data-reached={at !== undefined}>
            <b>{t(`stageOf.${stage}`)}</b>
            <span>{at === undefined ? t('ticket.notYet') : moment(at)}</span>
            {at !== undefined && stage !== 'event' && (
              <small>{t('ticket.after', { span: span(Date.parse(at) - start) })}</small>
            )}
          </li>
        )
      })}
    </ol>
  )
}
