import type { DayView, PlanView } from '@dengta/sdk'
import { Button } from 'antd'
import { useState } from 'react'
import { Notice } from '../../parts/notice.tsx'
import { OriginTag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { AskPlan } from './ask-plan.tsx'
import styles from './day-cards.module.css'
import { PlanTable } from './plan-table.tsx'

interface Props {
  readonly days: readonly DayView[]
  readonly plans: readonly PlanView[]
}

const SHOWN = 6

/** One card a day, the newest first, with its plans. */
export function DayCards({ days, plans }: Props) {
  const { t, count } = useWords()
  const [all, setAll] = useState(false)
  if (days.length === 0) return <Notice title={t('days.empty')}>{t('days.emptyText')}</Notice>
  return (
    <>
      <ul className={styles.days}>
        {days.slice(0, all ? days.length : SHOWN).map((day) => (
          <li key={day.id} className={styles.day}>
            <DayCard day={day} plans={plans.filter((plan) => plan.day === day.id)} />
          </li>
        ))}
      </ul>
      {!all && days.length > SHOWN && (
        <Button className={styles.more ?? ''} onClick={() => setAll(true)}>
          {t('days.older', { days: count(days.length - SHOWN) })}
        </Button>
      )}
    </>
  )
}

function DayCard({ day, plans }: { readonly day: DayView; readonly plans: readonly PlanView[] }) {
  const { t, time, count } = useWords()
  const { slots, slotMinutes, jobs, participants } = day
  const facts = { jobs: count(jobs), participants: count(participants), slots: count(slots), minutes: slotMinutes }
  return (
    <>
      <div className={styles.head}>
        <div className={styles.what}>
          <h3>
            {day.name} <OriginTag origin={day.origin} />
          </h3>
          <p>{t('days.facts', { at: time(day.startsAt), ...facts })}</p>
          <p className={styles.source}>{day.source}</p>
          <ul className={styles.sites} aria-label={t('days.sites')}>
            {day.sites.map(({ site, pools }) => (
              <li key={site}>
                <b>{site}</b> {pools.map((pool) => `${count(pool.count)} × ${pool.chip}`).join(', ')}
              </li>
            ))}
          </ul>
        </div>
        <AskPlan day={day} />
      </div>
      <PlanTable plans={plans} />
    </>
  )
}
