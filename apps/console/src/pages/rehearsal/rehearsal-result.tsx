import type { Rehearsal } from '@dengta/sdk'
import type { ReactNode } from 'react'
import { clockOf } from '../../parts/clock.ts'
import { MinuteChart } from '../../parts/minute-chart.tsx'
import { Section } from '../../parts/page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWorkKept } from '../../parts/use-work-kept.ts'
import { useWords } from '../../words/use-words.ts'
import { Announce } from './announce.tsx'
import styles from './rehearsal.module.css'
import { TouchedTable } from './touched-table.tsx'

/** The outcome of a rehearsal: a sentence, five figures, power by minute, and the jobs that it touches. */
export function RehearsalResult({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { t, say, count } = useWords()
  const { minutes, firstMinute } = rehearsal
  return (
    <>
      <p className={styles.lead} role="status">
        {say(rehearsal.text)}
      </p>
      <Section title={t('event.byMinute')} note={t('event.together')} extra={<Announce rehearsal={rehearsal} />}>
        <Figures rehearsal={rehearsal} />
        <MinuteChart
          key={`${firstMinute} ${minutes.drawnKw.length}`}
          drawn={minutes.drawnKw}
          against={minutes.plannedKw}
          target={minutes.targetKw}
          names={{ drawn: t('event.drawn'), against: t('event.planned') }}
          first={firstMinute}
          alt={t('event.chartAlt', {
            from: clockOf(firstMinute),
            to: clockOf(firstMinute + minutes.drawnKw.length),
            above: count(rehearsal.minutesAbove),
          })}
        />
      </Section>
      <Section title={t('event.jobs', { jobs: count(rehearsal.jobs.length) })} note={t('event.jobsNote')}>
        <TouchedTable plan={rehearsal.plan} jobs={rehearsal.jobs} />
      </Section>
    </>
  )
}

function Figures({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { t, amount, cost, count } = useWords()
  const work = useWorkKept(rehearsal)
  const { withinTarget, minutesAbove, avoidedKwh, floorsKept, lostChipHours, running, jobs } = rehearsal
  const verdict = <Tag tone={withinTarget ? 'good' : 'bad'}>{t(withinTarget ? 'event.kept' : 'event.missed')}</Tag>
  const floors = (
    <Tag tone={floorsKept ? 'good' : 'bad'}>{t(floorsKept ? 'event.floorsKept' : 'event.floorsBroken')}</Tag>
  )
  return (
    <dl className={styles.figures}>
      <Figure name={t('event.targetKept')} value={verdict}>
        {withinTarget ? t('event.everyMinute') : t('event.minutesAbove', { above: count(minutesAbove) })}
      </Figure>
      <Figure name={t('event.given')} value={t('unit.kwh', { kwh: amount(avoidedKwh) })}>
        {t('event.givenText')}
      </Figure>
      <Figure name={work.name} value={work.share}>
        {work.best}
      </Figure>
      <Figure name={t('event.floors')} value={floors}>
        {t('event.floorsText')}
      </Figure>
      <Figure name={t('event.lost')} value={cost(lostChipHours)}>
        {t('event.touched', { touched: count(jobs.length), running: count(running) })}
      </Figure>
    </dl>
  )
}

function Figure({
  name,
  value,
  children,
}: {
  readonly name: string
  readonly value: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span>{children}</span>
      </dd>
    </div>
  )
}
