import { scaleOver } from '../../parts/chart-scale.ts'
import { IntervalAxis, IntervalPlot, type Marks } from '../../parts/interval-plot.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'
import type { Evaluated } from './evaluated.ts'
import { saidMethod } from './said-method.ts'
import styles from './score-card.module.css'

interface Props {
  readonly evaluation: Evaluated
  readonly marks: Marks | undefined
  readonly unit: string
}

/** The score large, its interval drawn against the threshold, and the worst part beside it. */
export function ScoreCard({ evaluation: { result, record }, marks, unit }: Props) {
  const { t, language, score, count, cost, percent } = useWords()
  const nameOf = useMetricName()
  const { value, low, high, level, method } = result.score
  return (
    <section className={styles.card} aria-label={t('submission.result')}>
      <div>
        <h2>
          {t('submission.result')} · {nameOf(result.metric)}
        </h2>
        <p className={styles.score}>
          {score(value)} {unit !== '1' && <small>{unit}</small>}
        </p>
        <p>{t('board.interval', { low: score(low), high: score(high) })}</p>
        <p className={styles.small}>
          {t('submission.level', { level: percent(level), method: saidMethod(method, language) })}{' '}
          {t('submission.rows', { rows: count(result.rows) })}
        </p>
        {result.worst && <p>{t('submission.worst', { part: result.worst.part, value: score(result.worst.value) })}</p>}
        <RecordLink id={record} />
      </div>
      {marks && <Picture result={result} marks={marks} format={cost} />}
    </section>
  )
}

interface PictureProps {
  readonly result: Evaluated['result']
  readonly marks: Marks
  readonly format: (value: number) => string
}

function Picture({ result: { score: scored, worst, direction }, marks, format }: PictureProps) {
  const { t, score } = useWords()
  const { value, low, high } = scored
  const scale = scaleOver([low, high, marks.threshold, marks.floor, worst?.value ?? value])
  const meets = direction === 'higher' ? low >= marks.threshold : high <= marks.threshold
  const alt = {
    name: t('board.score'),
    value: score(value),
    low: score(low),
    high: score(high),
    threshold: score(marks.threshold),
  }
  return (
    <div className={styles.picture}>
      <IntervalAxis scale={scale} format={format} />
      <div className={styles.plot}>
        <IntervalPlot
          scale={scale}
          marks={marks}
          {...{ value, low, high, meets }}
          worst={worst?.value}
          alt={t('board.rowAlt', alt)}
        />
      </div>
      <p className={styles.small}>{t('board.legend')}</p>
    </div>
  )
}
