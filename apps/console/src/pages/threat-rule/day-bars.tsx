import type { RuleDetail } from '@dengta/sdk'
import { StepChart } from '../../parts/step-chart.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './rule.module.css'

/** Alerts a day as steps, with the ends of the time written under it. */
export function DayBars({ days }: Pick<RuleDetail, 'days'>) {
  const { t, count } = useWords()
  const { day } = useTimes()
  const values = days.map(({ alerts }) => alerts)
  const most = Math.max(...values)
  const [from, to] = [day(days[0]!.day), day(days.at(-1)!.day)]
  const said = { count: count(values.reduce((a, b) => a + b, 0)), from, to, most: count(most) }
  return (
    <figure className={styles.days}>
      <figcaption>{t('rule.days')}</figcaption>
      <StepChart
        slots={days.length}
        top={Math.max(1, most) * 1.1}
        topLabel={count(most)}
        layers={[
          { as: 'area', values },
          { as: 'line', values },
        ]}
        alt={t('rule.daysAlt', said)}
        tall={80}
        grid={7}
      />
      <div className={styles.ends} aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </figure>
  )
}
